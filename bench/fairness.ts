import { parseArgs } from 'node:util';
import {
  createUsers,
  insertCompanies,
  type Probe,
  type ProbeStack,
  probeMany,
  ratio,
  row,
  startProbeStack,
} from './load/probe-stack';

const HELP = `Usage: npm run bench:fairness -- [--jobs 10000] [--rounds 4] [--probes 40]

Starts a stack of its own and times a user's scoring job, from POST to its start and to its end, by turns on the idle
system and while another user has thousands of scoring jobs queued. Prints the ratios and how fast the other one's
jobs go on.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      jobs: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '4' },
      probes: { type: 'string', default: '40' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [jobs, rounds, probes] = [Number(values.jobs), Number(values.rounds), Number(values.probes)];
  const bench = await startProbeStack();
  try {
    await insertCompanies(bench.sql, jobs);
    const [busyUser, ...people] = await createUsers(4);
    if (!busyUser) throw new Error('no user');
    await probeMany(bench, people, 24);
    const idle: Probe[] = [];
    const busy: Probe[] = [];
    for (let round = 1; round <= rounds; round++) {
      idle.push(...(await probeMany(bench, people, probes)));
      await queueJobs(bench, busyUser.id, jobs);
      const before = await countWaiting(bench, busyUser.id);
      const since = performance.now();
      busy.push(...(await probeMany(bench, people, probes)));
      const left = await countWaiting(bench, busyUser.id);
      const pace = ((before - left) / (performance.now() - since)) * 1_000;
      console.log(`round ${round} of ${rounds}: ${left} of ${jobs} still queued, ${Math.round(pace)} jobs/s`);
      await clear(bench, busyUser.id);
    }
    print(idle, busy, jobs);
  } finally {
    await bench.stop();
  }
}

/** As if the user had started them one by one: the same function, without the requests. */
async function queueJobs(bench: ProbeStack, userId: string, count: number): Promise<void> {
  for (let from = 1; from <= count; from += 500) {
    await bench.sql`
      select public.submit_job(jsonb_build_object('queue', 'scoring', 'user_id', ${userId}::text, 'company_id', c.id,
        'payload', jsonb_build_object('company_id', c.id, 'user_id', ${userId}::text), 'max_attempts', 3, 'priority', 3,
        'fresh_for_seconds', 0, 'creates_report', false, 'uses_quota', false, 'monthly_limit', 0,
        'queue_limit', 1000000, 'user_window', 9)) is null
      from public.companies c
      where c.id between ${`BN${pad(from)}`} and ${`BN${pad(Math.min(from + 499, count))}`}`;
  }
}

function pad(n: number): string {
  return String(n).padStart(6, '0');
}

async function countWaiting(bench: ProbeStack, userId: string): Promise<number> {
  const [jobs] =
    await bench.sql`select count(*)::int as n from public.jobs where user_id = ${userId} and state = 'queued'`;
  return Number(jobs?.n ?? 0);
}

/** Takes back what is held and waits until the rest has run. */
async function clear(bench: ProbeStack, userId: string): Promise<void> {
  await bench.sql`delete from public.jobs where user_id = ${userId} and held`;
  for (;;) {
    const [open] = await bench.sql`select count(*)::int as n from public.jobs
      where user_id = ${userId} and state in ('queued', 'delayed', 'active')`;
    if (open?.n === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function print(idle: readonly Probe[], busy: readonly Probe[], jobs: number): void {
  console.log(`\nA user's scoring job while another user has ${jobs} queued, ${idle.length} probes each:\n`);
  console.log('| | p50 | p95 |\n|---|---|---|');
  for (const key of ['start', 'end'] as const) {
    const [alone, beside] = [idle, busy].map((probes) => probes.map((probe) => probe[key]));
    if (!alone || !beside) continue;
    console.log(row(`POST to ${key}, idle`, alone));
    console.log(row(`POST to ${key}, other user busy`, beside));
    console.log(`| ratio | ${[0.5, 0.95].map((p) => ratio(beside, alone, p)).join(' | ')} |`);
  }
}

await main();
