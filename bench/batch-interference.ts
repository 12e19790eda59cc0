import { parseArgs } from 'node:util';
import type { TestUser } from '../tests/support/users';
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
import { median } from './percentiles';

const HELP = `Usage: npm run bench:batch -- [--companies 100000] [--rounds 4] [--probes 40] [--share 50]

Starts a stack of its own and times a person's scoring job, from POST to its start and to its end, by turns on the idle
system and while a batch of many companies runs. Prints the ratios, the batch's pace, and the most memory Redis used.

  --share   percent of the queue's slots that batches may use (BATCH_SHARE)`;

type Rounds = { idle: Probe[]; busy: Probe[]; paces: number[] };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      companies: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '4' },
      probes: { type: 'string', default: '40' },
      share: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const bench = await startProbeStack(values.share ? { BATCH_SHARE: values.share } : {});
  try {
    await insertCompanies(bench.sql, Number(values.companies));
    const rounds = await measure(bench, Number(values.rounds), Number(values.probes));
    print(rounds, Number(values.companies), bench.redisPeakMb());
  } finally {
    await bench.stop();
  }
}

async function measure(bench: ProbeStack, rounds: number, probes: number): Promise<Rounds> {
  const [batcher, ...people] = await createUsers(4);
  if (!batcher) throw new Error('no user');
  await probeMany(bench, people, 24);
  const result: Rounds = { idle: [], busy: [], paces: [] };
  for (let round = 1; round <= rounds; round++) {
    result.idle.push(...(await probeMany(bench, people, probes)));
    const id = await startBatch(bench, batcher);
    const before = await done(bench, id);
    const since = performance.now();
    result.busy.push(...(await probeMany(bench, people, probes)));
    result.paces.push(((await done(bench, id)) - before) / ((performance.now() - since) / 1_000));
    await bench.api('DELETE', `/api/batches/${id}`, batcher);
    await untilStatus(bench, id, 'cancelled');
    console.log(`round ${round} of ${rounds}: ${Math.round(result.paces.at(-1) ?? 0)} batch jobs/s`);
  }
  return result;
}

/** A batch of everything that was inserted, once its jobs run. */
async function startBatch(bench: ProbeStack, user: TestUser): Promise<string> {
  const body = { queue: 'scoring', filter: { locality: 'Benchtown' } };
  const answer = await bench.api('POST', '/api/batches', user, body);
  const { id } = Object(answer.batch);
  await untilStatus(bench, id, 'running');
  while ((await done(bench, id)) < 50) await new Promise((resolve) => setTimeout(resolve, 50));
  return id;
}

async function untilStatus(bench: ProbeStack, id: string, status: string): Promise<void> {
  for (;;) {
    const [batch] = await bench.sql`select status from public.batches where id = ${id}`;
    if (batch?.status === status) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function done(bench: ProbeStack, id: string): Promise<number> {
  const [jobs] = await bench.sql`select count(*)::int as n from public.jobs
    where batch_id = ${id} and state not in ('queued', 'delayed', 'active')`;
  return Number(jobs?.n ?? 0);
}

function print({ idle, busy, paces }: Rounds, companies: number, memoryMb: number): void {
  const of = (probes: readonly Probe[], key: keyof Probe) => probes.map((probe) => probe[key]);
  console.log(`\nA person's scoring job beside a batch of ${companies} companies, ${idle.length} probes each:\n`);
  console.log('| | p50 | p95 |\n|---|---|---|');
  for (const key of ['start', 'end'] as const) {
    console.log(row(`POST to ${key}, idle`, of(idle, key)));
    console.log(row(`POST to ${key}, batch running`, of(busy, key)));
    const ratios = [0.5, 0.95].map((p) => ratio(of(busy, key), of(idle, key), p));
    console.log(`| ratio | ${ratios.join(' | ')} |`);
  }
  console.log(`\nbatch: ${Math.round(median(paces))} jobs/s; Redis used at most ${memoryMb.toFixed(1)} MB`);
}

await main();
