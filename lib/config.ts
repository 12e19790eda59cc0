import { z } from 'zod';
import { AppError } from './errors';
import { singleton } from './singleton';
import { PROVIDER_IDS, type ProviderId, providerSpec } from './sources/providers';

const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false', '1', '0'], { error: 'must be true or false' })
    .transform((value) => value === 'true' || value === '1')
    .default(fallback);
const whole = (fallback: number, min: number, max: number) =>
  z.coerce.number({ error: 'must be a whole number' }).int().min(min).max(max).default(fallback);
const amount = (fallback: number) =>
  z.coerce.number({ error: 'must be a number' }).min(0).max(1_000_000).default(fallback);
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((value) => value.replace(/\/+$/, ''));
/** Some providers have an address per account. */
const providerUrl = z
  .string()
  .refine((value) => /^https?:/.test(value) && URL.canParse(value.replace('{account}', 'account')), {
    error: 'must be an http or https address',
  })
  .transform((value) => value.replace(/\/+$/, ''));
const addresses = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((list) => list.length <= 20 && list.every((one) => URL.canParse(one) && /^https?:/.test(one)), {
    error: 'must be at most 20 http or https addresses, separated by commas',
  });
const redisUrl = z.url({ protocol: /^rediss?$/, error: 'must be a redis:// or rediss:// address' });

const baseSchema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  APP_URL: httpUrl.default('http://127.0.0.1:3000'),
  REDIS_URL: redisUrl,
  REDIS_PREFIX: z
    .string()
    .regex(
      /^\{[A-Za-z0-9_-]+\}$/,
      'must be a hash tag in braces, like {oppspot}, so that Redis Cluster keeps keys together',
    )
    .default('{oppspot}'),
  SUPABASE_URL: httpUrl,
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  SUPABASE_SECRET_KEY: z.string().min(1),
  SUPABASE_JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  USE_QUEUE_PROCESSING: flag(true),
  SHUTDOWN_TIMEOUT_MS: whole(25_000, 1_000, 600_000),
  JOB_LEASE_MS: whole(6_000, 1_000, 300_000),
  QUEUE_LIMIT: whole(100_000, 1, 10_000_000),
  BATCH_SHARE: whole(50, 1, 100),
  BATCH_PROVIDER_SHARE: whole(80, 1, 100),
  BACKLOG_CPU_TARGET: whole(70, 10, 100),
  RESEARCH_MONTHLY_LIMIT: whole(100, 0, 1_000_000),
  RATE_LIMIT_PER_MINUTE: whole(600, 1, 1_000_000),
  EVENT_STREAMS_PER_USER: whole(50, 1, 1_000_000),
  ADMIN_EMAIL_DOMAIN: z
    .string()
    .regex(/^[a-z0-9.-]+\.[a-z]{2,}$/, 'must be a domain such as example.com, in lower case')
    .default('oppspot.com'),
  PROVIDER_SANDBOX_URL: httpUrl.optional(),
  SANDBOX_PACE_MS: z.coerce.number().int().min(1).max(60_000).optional(),
  CONTACT_URL: httpUrl.optional(),
  NEWS_FEEDS: addresses,
  LLM_BASE_URL: httpUrl.default('https://openrouter.ai/api/v1'),
  LLM_API_KEY: z.string().min(1).optional(),
  LLM_MODEL: z.string().min(1).default('openrouter/auto'),
  LLM_TIMEOUT_MS: whole(60_000, 100, 600_000),
  LLM_RATE_LIMIT: whole(60, 1, 1_000_000),
  LLM_REPORT_BUDGET_USD: amount(0.5),
  LLM_DAY_BUDGET_USD: amount(10),
  LLM_INPUT_USD_PER_MILLION: amount(3),
  LLM_OUTPUT_USD_PER_MILLION: amount(15),
  EMBEDDED_MAILBOX_URL: httpUrl.optional(),
  EMBEDDED_DEMO_EMAIL: z.string().optional(),
  EMBEDDED_DEMO_PASSWORD: z.string().optional(),
});

/** What configuration needs to know of a queue; every queue definition has these. */
export type QueueSettings = { envName: string; concurrency: number; timeoutMs: number };
export type QueueConfig = { enabled: boolean; concurrency: number; timeoutMs: number };
export type ConfigProblem = { variable: string; problem: string };
type Environment = Record<string, string | undefined>;
type Parsed<T> = { ok: true; value: T } | { ok: false; problems: ConfigProblem[] };

/** Variables of one queue, such as ENABLE_RESEARCH_WORKER, RESEARCH_WORKER_CONCURRENCY, RESEARCH_WORKER_TIMEOUT_MS. */
function queueSchema({ envName, concurrency, timeoutMs }: QueueSettings) {
  return z.object({
    [`ENABLE_${envName}_WORKER`]: flag(true),
    [`${envName}_WORKER_CONCURRENCY`]: whole(concurrency, 1, 1_000),
    [`${envName}_WORKER_TIMEOUT_MS`]: whole(timeoutMs, 100, 3_600_000),
  });
}

/** Variables of one provider, such as GLEIF_BASE_URL; a key, and the limit that belongs to it, only where it has one. */
function providerSchema(id: ProviderId) {
  const { key, account, limit } = providerSpec(id);
  const name = id.toUpperCase();
  const hasKey = key !== 'none' && account === undefined;
  return z.object({
    [`${name}_BASE_URL`]: providerUrl.optional(),
    ...(hasKey && {
      [`${name}_API_KEY`]: z.string().min(1).optional(),
      [`${name}_RATE_LIMIT`]: whole(limit, 1, 1_000_000),
    }),
  });
}

/** Every environment variable the product reads; `.env.example` is tested against it in both directions. */
export function configVariables(queues: readonly QueueSettings[]): string[] {
  const ofQueues = queues.flatMap((settings) => Object.keys(queueSchema(settings).shape));
  const ofProviders = PROVIDER_IDS.flatMap((id) => Object.keys(providerSchema(id).shape));
  return [...Object.keys(baseSchema.shape), ...ofProviders, ...ofQueues].sort();
}

/** How a provider is asked: with which key, where, and how often in its window. */
export type ProviderSettings = { apiKey: string | undefined; baseUrl: string; limit: number };

/** A stand-in for all providers gives every one an address of its own, unless that provider's address is set. */
function toProviderSettings(id: ProviderId, values: Record<string, unknown>, sandboxUrl?: string): ProviderSettings {
  const spec = providerSpec(id);
  const account = (spec.account ?? id).toUpperCase();
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const standIn = sandboxUrl && `${sandboxUrl}/${id.replaceAll('_', '-')}`;
  return {
    apiKey: text(values[`${account}_API_KEY`]),
    baseUrl: text(values[`${id.toUpperCase()}_BASE_URL`]) ?? standIn ?? spec.baseUrl,
    limit: Number(values[`${account}_RATE_LIMIT`] ?? spec.limit),
  };
}

function toConfig(env: z.infer<typeof baseSchema>, ofProviders: Record<string, unknown>) {
  return {
    environment: env.NODE_ENV,
    log: { level: env.LOG_LEVEL },
    web: {
      appUrl: env.APP_URL,
      rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
      eventStreamsPerUser: env.EVENT_STREAMS_PER_USER,
    },
    redis: { url: env.REDIS_URL, prefix: env.REDIS_PREFIX },
    supabase: {
      url: env.SUPABASE_URL,
      publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
      secretKey: env.SUPABASE_SECRET_KEY,
      jwtSecret: env.SUPABASE_JWT_SECRET,
    },
    queue: {
      useQueueProcessing: env.USE_QUEUE_PROCESSING,
      shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
      leaseMs: env.JOB_LEASE_MS,
      limit: env.QUEUE_LIMIT,
      /** Percent of a queue's slots that batches may use. */
      batchShare: env.BATCH_SHARE,
      /** Percent of a provider's budget that batches may use up. */
      batchProviderShare: env.BATCH_PROVIDER_SHARE,
      /** Percent of the processors up to which held jobs are let in; 100: without regard to them. */
      backlogCpuTarget: env.BACKLOG_CPU_TARGET,
    },
    quota: { researchMonthlyLimit: env.RESEARCH_MONTHLY_LIMIT },
    security: { adminEmailDomain: env.ADMIN_EMAIL_DOMAIN },
    sources: {
      /** Stands in for every provider and every web site; set on embedded defaults and in tests. */
      sandboxUrl: env.PROVIDER_SANDBOX_URL,
      /** Least time between two requests to a stand-in of what is else asked with pauses: web sites, GDELT; ms. */
      sandboxPaceMs: env.SANDBOX_PACE_MS,
      /** Where owners of crawled web sites can complain; part of the user agent. */
      contactUrl: env.CONTACT_URL ?? env.APP_URL,
      /** RSS and Atom feeds that are looked through for companies. */
      newsFeeds: env.NEWS_FEEDS,
      provider: (id: ProviderId) => toProviderSettings(id, ofProviders, env.PROVIDER_SANDBOX_URL),
    },
    llm: {
      baseUrl: env.LLM_BASE_URL,
      apiKey: env.LLM_API_KEY,
      model: env.LLM_MODEL,
      /** Of one answer, from the request to its last word. */
      timeoutMs: env.LLM_TIMEOUT_MS,
      requestsPerMinute: env.LLM_RATE_LIMIT,
      reportBudgetUsd: env.LLM_REPORT_BUDGET_USD,
      dayBudgetUsd: env.LLM_DAY_BUDGET_USD,
      /** USD per million tokens: what a call may cost at most, and did cost where the service does not say. */
      inputPrice: env.LLM_INPUT_USD_PER_MILLION,
      outputPrice: env.LLM_OUTPUT_USD_PER_MILLION,
    },
    /** Set only by `npm start` on embedded defaults; absent in every real installation. */
    embedded: {
      mailboxUrl: env.EMBEDDED_MAILBOX_URL,
      demoEmail: env.EMBEDDED_DEMO_EMAIL,
      demoPassword: env.EMBEDDED_DEMO_PASSWORD,
    },
  };
}

export type Config = ReturnType<typeof toConfig>;

/**
 * Reads the configuration and that of the given queues. An empty variable counts as not set.
 * @returns the configuration, or every problem at once.
 */
export function parseConfig(env: Environment, queues: readonly QueueSettings[] = []): Parsed<Config> {
  const base = parseWith(baseSchema, env);
  const providers = PROVIDER_IDS.map((id) => parseWith(providerSchema(id), env));
  const problems = [
    ...(base.ok ? [] : base.problems),
    ...providers.flatMap((parsed) => (parsed.ok ? [] : parsed.problems)),
    ...queues.flatMap((settings) => {
      const parsed = parseWith(queueSchema(settings), env);
      return parsed.ok ? [] : parsed.problems;
    }),
  ];
  if (problems.length > 0 || !base.ok) return { ok: false, problems };
  const ofProviders = Object.assign({}, ...providers.map((parsed) => (parsed.ok ? parsed.value : {})));
  return { ok: true, value: toConfig(base.value, ofProviders) };
}

function parseWith<T>(schema: z.ZodType<T>, env: Environment): Parsed<T> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => {
      const variable = issue.path.join('.');
      return { variable, problem: set[variable] === undefined ? 'is not set' : issue.message };
    }),
  };
}

/**
 * The configuration of this process, parsed on first use so that `next build` needs none.
 * @throws AppError `misconfigured` with every problem in its text.
 */
export function config(): Config {
  return singleton('config', () => valueOrThrow(parseConfig(process.env)));
}

/**
 * Checks the whole configuration of this process, also the queues' own, before anything is started with it.
 * @throws AppError `misconfigured` with every problem in its text.
 */
export function assertConfig(queues: readonly QueueSettings[]): void {
  valueOrThrow(parseConfig(process.env, queues));
}

/** @returns whether this queue's worker is enabled here, its concurrency and its time limit (ms). */
export function queueConfig(settings: QueueSettings): QueueConfig {
  return singleton(`config:${settings.envName}`, () => {
    const values = valueOrThrow(parseWith(queueSchema(settings), process.env));
    return {
      enabled: values[`ENABLE_${settings.envName}_WORKER`] === true,
      concurrency: Number(values[`${settings.envName}_WORKER_CONCURRENCY`]),
      timeoutMs: Number(values[`${settings.envName}_WORKER_TIMEOUT_MS`]),
    };
  });
}

function valueOrThrow<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  const list = parsed.problems.map(({ variable, problem }) => `${variable} ${problem}`).join('; ');
  throw new AppError('misconfigured', {
    detail: `The configuration has ${parsed.problems.length} problem(s): ${list}`,
  });
}
