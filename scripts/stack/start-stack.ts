import path from 'node:path';
import type { RedisProgram } from '../bootstrap/install-redis.mjs';
import type { Progress } from '../bootstrap/progress.mjs';
import type { Environment } from './child-definition';
import { sandboxChild, supabaseChild, webChild, workerChild } from './children';
import { createDemoUsers, DEMO_USER } from './demo-users';
import { endLeftovers } from './leftovers';
import { processCounts, processNames } from './process-counts';
import { requireReachable } from './reachable';
import { redisChild } from './redis-child';
import { stackEnvironment } from './stack-environment';
import { embeddedVariables, planStack, type StackPlan } from './stack-plan';
import {
  forgetStackEnvironment,
  readStackRecord,
  type StackRecord,
  writeStackEnvironment,
  writeStackRecord,
} from './stack-record';
import { createSupervisor, type Supervisor } from './supervisor';

const SERVICES_STOP_ORDER = [['sandbox', 'supabase'], ['redis']];
const DEFAULT_DRAIN_MS = 25_000;

export type StackOptions = {
  /** The data folder, absolute; locked by the caller. */
  folder: string;
  /** The environment, with the variables of `.env`. */
  env: Environment;
  /** What to run as Redis; null when REDIS_URL is set. */
  redis: RedisProgram | null;
  /** Next's development server and a worker that follows the sources, instead of the built ones. */
  dev: boolean;
  progress: Progress;
};
/** `signIn` is the demo account, on the embedded Supabase only. */
export type ReadyStack = { url: string; signIn: { email: string; password: string } | null };
export type Stack = { ready: Promise<ReadyStack>; stop: () => Promise<void>; kill: () => void };

type Context = StackOptions & {
  supervisor: Supervisor;
  plan: StackPlan;
  noteUrls: (urls: Partial<StackRecord['urls']>) => void;
};

/** Starts the stack on a data folder. It can be stopped at any time, also before it is ready. */
export function startStack(options: StackOptions): Stack {
  const last = readStackRecord(options.folder);
  let record: StackRecord | null = null;
  const save = () => {
    if (record === null) return;
    record = { ...record, processes: supervisor.processes() };
    writeStackRecord(options.folder, record);
  };
  const supervisor = createSupervisor({
    logFolder: path.join(options.folder, 'logs'),
    say: options.progress.say,
    onChange: save,
  });

  async function bringUp(): Promise<ReadyStack> {
    forgetStackEnvironment(options.folder);
    const left = await endLeftovers(last?.processes ?? []);
    if (left > 0) options.progress.say(`Ended ${left} process(es) that an earlier start had left behind.`);
    const plan = await planStack(options.folder, options.env, last?.ports ?? {});
    record = firstRecord(plan);
    const noteUrls: Context['noteUrls'] = (urls) => {
      if (record) record = { ...record, urls: { ...record.urls, ...urls } };
      save();
    };
    return startEverything({ ...options, supervisor, plan, noteUrls });
  }

  return {
    ready: bringUp(),
    stop: async () => {
      await supervisor.stop(stopOrder(options.env));
      if (record) record = { ...record, pid: null };
      save();
    },
    kill: supervisor.kill,
  };
}

/** Requests and jobs end before what they need goes away. */
function stopOrder(env: Environment): string[][] {
  const { workers, webs } = processCounts(env);
  return [[...processNames('worker', workers), ...processNames('web', webs)], ...SERVICES_STOP_ORDER];
}

function firstRecord(plan: StackPlan): StackRecord {
  return {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    urls: { app: plan.web.url, webs: mapValues(plan.web.processes, ({ localUrl }) => localUrl) },
    ports: { ...plan.ports, ...mapValues(plan.web.processes, ({ port }) => port), web: plan.web.port },
    processes: [],
  };
}

function mapValues<From, To>(record: Record<string, From>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}

async function startEverything(context: Context): Promise<ReadyStack> {
  const { plan, env, folder, progress } = context;
  const variables = stackEnvironment(env, embeddedVariables(plan));
  const mailboxUrl = await progress.step('Starting the services', () => startServices(context, variables));
  if (mailboxUrl) variables.EMBEDDED_MAILBOX_URL = mailboxUrl;
  writeStackEnvironment(folder, variables);
  await progress.step('Starting the application', () => startApplication(context, variables));
  return { url: plan.web.url, signIn: plan.parts.supabase ? DEMO_USER : null };
}

/** @returns the address of the embedded mail box, if there is one. */
async function startServices(context: Context, variables: Record<string, string>): Promise<string | null> {
  const { plan, env } = context;
  const [mailboxUrl] = await Promise.all([
    plan.parts.supabase
      ? startSupabase(context)
      : requireReachable('SUPABASE_URL', variables.SUPABASE_URL ?? '').then(() => null),
    context.redis ? startRedis(context, context.redis) : requireReachable('REDIS_URL', variables.REDIS_URL ?? ''),
    plan.parts.sandbox ? context.supervisor.start(sandboxChild({ port: plan.ports.sandbox, env })) : null,
  ]);
  context.noteUrls({
    ...(variables.REDIS_URL ? { redis: variables.REDIS_URL } : {}),
    ...(variables.SUPABASE_URL ? { supabase: variables.SUPABASE_URL } : {}),
    ...(plan.parts.sandbox ? { sandbox: `http://127.0.0.1:${plan.ports.sandbox}` } : {}),
  });
  return mailboxUrl;
}

async function startSupabase({ plan, env, folder, supervisor, noteUrls }: Context): Promise<string | null> {
  const { ports, secrets, web } = plan;
  let mailboxUrl: string | null = null;
  await supervisor.start(
    supabaseChild({
      port: ports.supabase,
      postgresPort: ports.postgres,
      dataDir: folder,
      siteUrl: web.url,
      secrets,
      env,
      onReady: (answer) => {
        mailboxUrl = answer.mailboxUrl;
        noteUrls({ database: answer.databaseUrl });
      },
    }),
  );
  return mailboxUrl;
}

function startRedis({ plan, env, folder, supervisor }: Context, program: RedisProgram): Promise<void> {
  const password = plan.secrets.redisPassword;
  return supervisor.start(
    redisChild({ program, folder: path.join(folder, 'redis'), port: plan.ports.redis, password, env }),
  );
}

async function startApplication(
  { plan, dev, supervisor, ...context }: Context,
  variables: Record<string, string>,
): Promise<void> {
  const env = { ...context.env, ...variables };
  const { host, processes } = plan.web;
  const drainMs = Number(variables.SHUTDOWN_TIMEOUT_MS ?? DEFAULT_DRAIN_MS);
  await Promise.all([
    plan.parts.supabase
      ? createDemoUsers({ url: variables.SUPABASE_URL ?? '', secretKey: plan.secrets.secretKey })
      : undefined,
    ...Object.entries(processes).map(([name, { port, localUrl }]) =>
      supervisor.start(webChild({ name, host, port, probeUrl: `${localUrl}/api/health`, dev, env })),
    ),
    ...processNames('worker', plan.counts.workers).map((name) =>
      supervisor.start(workerChild({ name, dev, stopTimeoutMs: drainMs + 5_000, env })),
    ),
  ]);
}
