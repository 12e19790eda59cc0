import { configVariables, parseConfig } from '@/lib/config';
import { QUEUES } from '@/lib/queue/queues';

const MISCONFIGURED = 3;

/** `npm run check:config`: lists every problem of the configuration at once, without starting anything. */
function checkConfig(): void {
  const parsed = parseConfig(process.env, QUEUES);
  if (parsed.ok) {
    const set = configVariables(QUEUES).filter((name) => process.env[name]);
    console.log(`The configuration is valid (${set.length} variables set, the rest have their defaults).`);
    return;
  }
  console.error(`The configuration has ${parsed.problems.length} problem(s):`);
  for (const { variable, problem } of parsed.problems) console.error(`  ${variable} ${problem}`);
  console.error(
    '.env.example describes every variable. "npm start" runs an embedded Redis and Supabase where they are not set.',
  );
  process.exitCode = MISCONFIGURED;
}

checkConfig();
