import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { ChildDefinition, Environment } from './child-definition';
import { parseLogEvent, readyLine } from './ready-line';
import type { StackSecrets } from './secrets';

const ERROR_LEVEL = 50;
const TYPESCRIPT = ['--import', 'tsx'];

type SupabaseAnswer = { url: string; databaseUrl: string; mailboxUrl: string };
type SupabaseOptions = {
  port: number;
  postgresPort: number;
  dataDir: string;
  siteUrl: string;
  secrets: StackSecrets;
  env: Environment;
  onReady: (answer: SupabaseAnswer) => void;
};

/** The local Supabase server with its Postgres. */
export function supabaseChild(options: SupabaseOptions): ChildDefinition {
  const { secrets } = options;
  return {
    name: 'supabase',
    label: 'The local Supabase server',
    command: process.execPath,
    args: [...TYPESCRIPT, 'scripts/local-supabase/main.ts'],
    env: {
      ...options.env,
      PORT: String(options.port),
      PG_PORT: String(options.postgresPort),
      DATA_DIR: options.dataDir,
      SITE_URL: options.siteUrl,
      SUPABASE_JWT_SECRET: secrets.jwtSecret,
      SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
      SUPABASE_SECRET_KEY: secrets.secretKey,
    },
    ready: { line: readyLine({ url: z.string(), databaseUrl: z.string(), mailboxUrl: z.string() }, options.onReady) },
    readyTimeoutMs: 120_000,
    stopTimeoutMs: 30_000,
  };
}

/** The provider sandbox; SANDBOX_RECORDINGS and SANDBOX_FAULTS reach it through the environment. */
export function sandboxChild(options: { port: number; env: Environment }): ChildDefinition {
  return {
    name: 'sandbox',
    label: 'The provider sandbox',
    command: process.execPath,
    args: [...TYPESCRIPT, 'sandbox/main.ts'],
    env: { ...options.env, PORT: String(options.port) },
    ready: { line: readyLine({}, () => undefined) },
    readyTimeoutMs: 30_000,
    stopTimeoutMs: 5_000,
  };
}

type WebOptions = {
  name: string;
  host: string;
  port: number;
  probeUrl: string;
  dev: boolean;
  env: Environment;
};

/** The web application: the built one, or Next's development server. */
export function webChild({ name, host, port, probeUrl, dev, env }: WebOptions): ChildDefinition {
  return {
    name,
    label: labelOf('The web application', name),
    command: process.execPath,
    args: ['node_modules/next/dist/bin/next', dev ? 'dev' : 'start', '-H', host, '-p', String(port)],
    env: { ...env, NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' },
    ready: { probe: () => webAnswers(probeUrl) },
    readyTimeoutMs: 120_000,
    // Open event streams would hold it back for ever; whoever listens connects again.
    stopTimeoutMs: 5_000,
    ...(dev ? { notable: everyLine } : { notable: errorsOnly, notableLimit: 5 }),
  };
}

/** One worker process for every queue: the built one, or one that starts again when a file changes. */
export function workerChild({
  name,
  dev,
  stopTimeoutMs,
  env,
}: {
  name: string;
  dev: boolean;
  stopTimeoutMs: number;
  env: Environment;
}): ChildDefinition {
  const built = [
    '--enable-source-maps',
    '--min-semi-space-size=32',
    '--max-semi-space-size=64',
    'dist/start-workers.mjs',
  ];
  return {
    name,
    label: labelOf('The worker', name),
    command: process.execPath,
    args: dev ? ['--watch', '--watch-preserve-output', ...TYPESCRIPT, 'workers/start-workers.ts'] : built,
    env: { ...env, NODE_ENV: dev ? 'development' : 'production' },
    // LOG_LEVEL may be above the level of this line.
    ready: { line: (line) => parseLogEvent(line)?.msg === 'worker.started', silentMs: 8_000 },
    readyTimeoutMs: 60_000,
    background: true,
    stopTimeoutMs,
    ...(dev ? { notable: everyLine } : { notable: errorsOnly, notableLimit: 5 }),
  };
}

/** @returns such as `The worker`, or `The worker (worker-2)` when there are several. */
function labelOf(label: string, name: string): string {
  return /-\d+$/.test(name) ? `${label} (${name})` : label;
}

async function webAnswers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000), redirect: 'manual' });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function errorsOnly(line: string): string | null {
  const event = parseLogEvent(line);
  if (event) return event.level < ERROR_LEVEL ? null : [event.msg, event.queue, event.code].filter(Boolean).join(' ');
  return line.trimStart().startsWith('⨯') ? line.trim() : null;
}

function everyLine(line: string): string | null {
  const event = parseLogEvent(line);
  const text = event
    ? [event.msg, event.queue, event.code].filter(Boolean).join(' ')
    : stripVTControlCharacters(line).trimEnd();
  return text === '' ? null : text;
}
