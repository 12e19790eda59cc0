import postgres from 'postgres';
import { openRedis } from '@/lib/queue/redis-client';
import { startTestStack, type TestStack } from '../../tests/support/test-stack';
import { createTestUser, type TestUser } from '../../tests/support/users';
import { percentile } from '../percentiles';

/** From sending the request until the job started and until it ended, ms. */
export type Probe = { start: number; end: number };

export type ProbeStack = {
  stack: TestStack;
  sql: postgres.Sql;
  api(method: string, path: string, user: TestUser, body?: unknown): Promise<Record<string, unknown>>;
  /** One scoring job of a person, from the request to its end. */
  probe(user: TestUser, companyId: string): Promise<Probe>;
  /** Highest memory of Redis seen so far, MB. */
  redisPeakMb(): number;
  stop(): Promise<void>;
};

/** The demo companies, of which the provider sandbox knows everything. */
export const DEMO_COMPANIES = Array.from({ length: 12 }, (_, index) => `DM0000${String(index + 1).padStart(2, '0')}`);

const NO_LIMIT = '1000000';
const LOOK_MS = 15;
const PROBE_LIMIT_MS = 60_000;

/** The real stack in a folder of its own, with limits that this load does not reach. */
export async function startProbeStack(overrides: Record<string, string> = {}): Promise<ProbeStack> {
  const stack = await startTestStack({
    LOG_LEVEL: 'warn',
    COMPANIES_HOUSE_RATE_LIMIT: NO_LIMIT,
    RATE_LIMIT_PER_MINUTE: NO_LIMIT,
    QUEUE_LIMIT: NO_LIMIT,
    SANDBOX_RATE_LIMIT: NO_LIMIT,
    ...overrides,
  });
  Object.assign(process.env, stack.environment);
  const sql = postgres(stack.environment.DATABASE_URL ?? '', { max: 2, onnotice: () => undefined });
  const redis = openRedis('blocking', 'bench');
  let peak = 0;
  const sampler = setInterval(async () => {
    const info = await redis.info('memory').catch(() => '');
    peak = Math.max(peak, Number(/^used_memory:(\d+)/m.exec(info)?.[1] ?? 0));
  }, 250);
  return {
    stack,
    sql,
    api,
    probe: (user, companyId) => probe(sql, user, companyId),
    redisPeakMb: () => peak / 1024 / 1024,
    stop: async () => {
      clearInterval(sampler);
      redis.disconnect();
      await sql.end({ timeout: 5 });
      await stack.stop();
    },
  };
}

async function api(method: string, path: string, user: TestUser, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${process.env.APP_URL}${path}`, {
    method,
    headers: { authorization: `Bearer ${user.accessToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (response.status >= 400)
    throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return Object(answer);
}

/** The job's own times are read when it has ended: looking more often would be load that no person makes. */
async function probe(sql: postgres.Sql, user: TestUser, companyId: string): Promise<Probe> {
  const sentAt = Date.now();
  const { job_id: id } = await api('POST', `/api/scoring/${companyId}`, user, {});
  const deadline = sentAt + PROBE_LIMIT_MS;
  while (Date.now() < deadline) {
    const [job] = await sql<{ started: number; finished: number | null }[]>`
      select extract(epoch from started_at)::float8 * 1000 as started,
        extract(epoch from finished_at)::float8 * 1000 as finished
      from public.jobs where id = ${String(id)} and finished_at is not null`;
    if (job?.finished) return { start: job.started - sentAt, end: job.finished - sentAt };
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`${id} did not end within ${PROBE_LIMIT_MS} ms`);
}

/** Probes one after the other, with a pause between them as between a person's clicks. */
export async function probeMany(bench: ProbeStack, users: readonly TestUser[], count: number): Promise<Probe[]> {
  const probes: Probe[] = [];
  for (let index = 0; index < count; index++) {
    const user = users[index % users.length];
    const company = DEMO_COMPANIES[index % DEMO_COMPANIES.length];
    if (!user || !company) throw new Error('no user or no company to probe with');
    probes.push(await bench.probe(user, company));
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 50));
  }
  return probes;
}

export async function createUsers(count: number): Promise<TestUser[]> {
  const users: TestUser[] = [];
  for (let index = 0; index < count; index++) users.push(await createTestUser());
  return users;
}

/** Invented companies that the register does not know. */
export async function insertCompanies(sql: postgres.Sql, count: number): Promise<void> {
  await sql`insert into public.companies (id, name, status, sic_codes, locality, incorporated_on)
    select 'BN' || lpad(n::text, 6, '0'), 'BENCH COMPANY ' || n, 'active', array['62012'], 'Benchtown', '2016-06-14'
    from generate_series(1, ${count}::int) n`;
  await sql`analyze public.companies`;
}

export function row(name: string, values: readonly number[]): string {
  return `| ${name} | ${percentile(values, 0.5).toFixed(0)} ms | ${percentile(values, 0.95).toFixed(0)} ms |`;
}

/** How many times longer the busy system takes, at a percentile. */
export function ratio(busy: readonly number[], idle: readonly number[], p: number): string {
  return (percentile(busy, p) / percentile(idle, p)).toFixed(2);
}
