import { parseArgs } from 'node:util';
import { assertConfig } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import { type HealthReport, readHealth } from '@/lib/queue/health/health-report';
import { formatHealth } from '@/lib/queue/health/health-text';
import { QUEUES } from '@/lib/queue/queues';
import { muteQueueLog } from '@/lib/queue/telemetry';

const HELP = `Reports whether background jobs can run.

Usage: health-check [--json]

  --json   the report as JSON
  --help   this text

Exit codes: 0 healthy, 1 degraded (the report says why), 2 Redis is down, 3 misconfigured.
`;

const EXIT_CODES: Record<HealthReport['status'], number> = { healthy: 0, degraded: 1, down: 2 };
const MISCONFIGURED = 3;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const problem = configurationProblem();
  if (problem !== null) {
    if (values.json) console.log(JSON.stringify({ status: 'misconfigured', problems: [problem] }, null, 2));
    else console.error(problem);
    return MISCONFIGURED;
  }
  muteQueueLog();
  const report = await readHealth();
  console.log(values.json ? JSON.stringify(report, null, 2) : formatHealth(report));
  return EXIT_CODES[report.status];
}

function configurationProblem(): string | null {
  try {
    assertConfig(QUEUES);
    return null;
  } catch (error) {
    return toAppError(error).detail;
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isArgument = error instanceof TypeError;
    console.error(isArgument ? `${error.message}\n\n${HELP}` : error);
    process.exit(isArgument ? MISCONFIGURED : 1);
  },
);
