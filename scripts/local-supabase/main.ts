import { z } from 'zod';
import { startLocalSupabase } from './start-local-supabase';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const environmentSchema = z.object({
  PORT: port(54_321),
  PG_PORT: port(54_322),
  DATA_DIR: z.string().min(1).default('.oppspot'),
  SITE_URL: z.url().default('http://127.0.0.1:3000'),
  SUPABASE_JWT_SECRET: z.string().min(32),
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  SUPABASE_SECRET_KEY: z.string().min(1),
});

/** Command line: starts the server, prints one JSON line when it is ready, stops in order on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const parsed = environmentSchema.safeParse(process.env);
  if (!parsed.success) throw new Error(`The environment is not valid:\n${z.prettifyError(parsed.error)}`);
  const env = parsed.data;
  const server = await startLocalSupabase({
    port: env.PORT,
    postgresPort: env.PG_PORT,
    dataDir: env.DATA_DIR,
    siteUrl: env.SITE_URL,
    keys: {
      jwtSecret: env.SUPABASE_JWT_SECRET,
      publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
      secretKey: env.SUPABASE_SECRET_KEY,
    },
  });
  const { stop, lost, ...addresses } = server;
  let stopping = false;
  const onSignal = () => {
    // A terminal sends Ctrl-C to the whole group and a supervisor relays it: the second one must not cut the first short.
    if (stopping) return;
    stopping = true;
    stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  // Whoever supervises this process starts it again, and Postgres with it.
  void lost.then(() => (stopping ? undefined : fail('Postgres has ended unexpectedly.')));
  console.log(JSON.stringify({ ready: true, ...addresses, pid: process.pid }));
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

await main().catch(fail);
