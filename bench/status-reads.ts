import { parseArgs } from 'node:util';
import type { Job, Queue } from 'bull';
import { BATCH_PRIORITY, jobOptions } from '@/lib/queue/bull-options';
import { closeQueues, openBullQueue } from '@/lib/queue/queue-manager';
import { closeRedis, openRedis } from '@/lib/queue/redis-client';
import { readJobStatus } from '@/lib/queue/status/job-status';
import { writeStatusRecords } from '@/lib/queue/status/status-record';
import { startQueueStack } from '../tests/support/queue-stack';
import { median } from './percentiles';

const HELP = `Usage: npm run bench:status-reads -- [--jobs 100000] [--runs 5] [--seconds 3] [--parallel 10]

Reads the status of random jobs of one queue while all of them wait: by the status record, as the API does, and by Bull's
job.getState(), which scans the waiting list. Runs are interleaved. Starts a Redis and a database of its own in a temporary
folder and removes them.`;

const QUEUE = 'scoring';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      jobs: { type: 'string', default: '100000' },
      runs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      parallel: { type: 'string', default: '10' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [jobs, runs] = [Number(values.jobs), Number(values.runs)];
  const load = { seconds: Number(values.seconds), parallel: Number(values.parallel) };
  const stack = await startQueueStack({ LOG_LEVEL: 'warn', REDIS_PREFIX: '{bench}' });
  const client = openRedis('blocking', 'bench');
  const queue = openBullQueue(QUEUE, () => client);
  try {
    await fill(queue, jobs);
    const states = await someJobs(queue, jobs);
    const records: number[] = [];
    const getStates: number[] = [];
    for (let run = 1; run <= runs; run++) {
      records.push(await rateOf(load, () => readWaiting(jobIdOf(randomBelow(jobs)))));
      getStates.push(await rateOf(load, () => stateOf(states)));
      console.log(
        `run ${run} of ${runs}: record ${rounded(records.at(-1))}/s, getState ${rounded(getStates.at(-1))}/s`,
      );
    }
    print(jobs, runs, load.parallel, median(records), median(getStates));
  } finally {
    await queue.close(true);
    await Promise.all([closeQueues(), closeRedis(client)]);
    await stack.stop();
  }
}

function jobIdOf(index: number): string {
  return `${QUEUE}:BN${String(index).padStart(6, '0')}:1`;
}

/** Waiting jobs with their records, as submissions leave them. */
async function fill(queue: Queue, jobs: number): Promise<void> {
  const created_at = new Date().toISOString();
  for (let from = 0; from < jobs; from += 1_000) {
    const ids = Array.from({ length: Math.min(1_000, jobs - from) }, (_, n) => jobIdOf(from + n));
    await writeStatusRecords(
      queue.client,
      ids.map((id) => ({
        ...{ id, queue: QUEUE, state: 'queued', version: 1_000, created_at, joinsLine: true, progress: 0 },
        ...{ owner: null, company_id: 'BN000000', company_name: 'BENCH', report_id: null, attempt: 0, max_attempts: 3 },
        ...{ run: 1, held: false },
      })),
    );
    await queue.addBulk(
      ids.map((id) => ({
        name: '__default__',
        data: { company_id: 'BN000000', run_id: 1 },
        opts: jobOptions(id, { delayMs: 0, priority: BATCH_PRIORITY, waiting: 0 }),
      })),
    );
  }
}

/** Jobs at random places of the line, fetched before anything is timed. */
async function someJobs(queue: Queue, jobs: number): Promise<Job[]> {
  const found = await Promise.all(Array.from({ length: 200 }, () => queue.getJob(jobIdOf(randomBelow(jobs)))));
  return found.filter((job) => job !== null);
}

async function readWaiting(jobId: string): Promise<void> {
  const status = await readJobStatus(jobId);
  if (status?.state !== 'queued') throw new Error(`${jobId} is said to be ${status?.state}`);
}

async function stateOf(jobs: readonly Job[]): Promise<void> {
  const state = await jobs[randomBelow(jobs.length)]?.getState();
  if (state !== 'waiting') throw new Error(`a waiting job is said to be ${state}`);
}

/** @returns reads per second of callers that ask again as soon as they are answered. */
async function rateOf(load: { seconds: number; parallel: number }, read: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  let reads = 0;
  const caller = async () => {
    while (performance.now() - begin < load.seconds * 1_000) {
      await read();
      reads += 1;
    }
  };
  await Promise.all(Array.from({ length: load.parallel }, caller));
  return reads / ((performance.now() - begin) / 1_000);
}

function print(jobs: number, runs: number, parallel: number, record: number, getState: number): void {
  console.log(`\n${jobs} waiting jobs, ${parallel} callers, medians of ${runs} runs:\n`);
  console.log('| | reads/s |\n|---|---|');
  console.log(`| status record (readJobStatus) | ${rounded(record)} |`);
  console.log(`| job.getState() | ${rounded(getState)} |`);
  console.log(`\nratio: ${(record / getState).toFixed(0)}`);
}

function randomBelow(limit: number): number {
  return Math.floor(Math.random() * limit);
}

function rounded(rate: number | undefined): string {
  return rate === undefined ? '-' : rate.toFixed(rate < 100 ? 1 : 0);
}

await main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
