import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { projectRoot } from '../../scripts/bootstrap/project.mjs';
import { startTestRedis, type TestRedis } from './redis';

const readySchema = z.object({ ready: z.literal(true), url: z.string(), databaseUrl: z.string() });

export type QueueStack = {
  redis: TestRedis;
  databaseUrl: string;
  /** What a process needs to work with this stack. */
  environment: Record<string, string>;
  stop(): Promise<void>;
};

/**
 * A ledger and a Redis that no other worker serves: the shared stack's worker would take these tests' jobs.
 * Sets the variables of this process; call it before anything reads the configuration.
 */
export async function startQueueStack(overrides: Record<string, string> = {}): Promise<QueueStack> {
  const folder = mkdtempSync(path.join(tmpdir(), 'oppspot-queue-'));
  // Started by root, Postgres runs under another account, which has to pass through.
  chmodSync(folder, 0o711);
  const keys = {
    SUPABASE_JWT_SECRET: randomBytes(32).toString('hex'),
    SUPABASE_PUBLISHABLE_KEY: `sb_publishable_${randomBytes(8).toString('hex')}`,
    SUPABASE_SECRET_KEY: `sb_secret_${randomBytes(8).toString('hex')}`,
  };
  const [redis, database] = await Promise.all([startTestRedis(), startDatabase(folder, keys)]);
  const environment = {
    ...keys,
    REDIS_URL: redis.url,
    REDIS_PREFIX: '{test}',
    SUPABASE_URL: database.url,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    PROVIDER_SANDBOX_URL: sandboxOf(overrides.COMPANIES_HOUSE_BASE_URL),
    SANDBOX_PACE_MS: '1',
    ...overrides,
  };
  Object.assign(process.env, environment);
  return {
    redis,
    databaseUrl: database.databaseUrl,
    environment,
    stop: async () => {
      await Promise.all([redis.stop(), stopProcess(database.process)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where a sandbox stands in for the register, it stands in for all; else nothing answers: no test asks the internet. */
function sandboxOf(register = ''): string {
  return register.endsWith('/companies-house') ? register.replace(/\/companies-house$/, '') : 'http://127.0.0.1:9';
}

async function startDatabase(folder: string, keys: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/local-supabase/main.ts'], {
    cwd: projectRoot,
    env: { ...process.env, ...keys, PORT: '0', PG_PORT: '0', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // It reports every refusal that a test provokes: only shown when it does not start.
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk}`.slice(-4_000);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = line.startsWith('{') ? readySchema.safeParse(JSON.parse(line)).data : undefined;
    if (ready) return { ...ready, process: child };
  }
  throw new Error(`The local Supabase server did not start: ${complaints}`);
}

/** @returns once the process has ended. */
export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill(signal);
  await ended;
}
