import { parseArgs } from 'node:util';
import { closeQueues } from '@/lib/queue/queue-manager';
import { openRedis } from '@/lib/queue/redis-client';
import { readStackRecord } from '../scripts/stack/stack-record';
import { startTestStack } from '../tests/support/test-stack';
import { createTestUser } from '../tests/support/users';
import { closeAll, openStreams, type StreamClient } from './event-streams/client';
import { makeProgress, startJobs } from './event-streams/jobs';
import { commandCount, rssMb, subscriberCount, until } from './event-streams/observe';
import { median, percentile } from './percentiles';

const HELP = `Usage: npm run bench:streams -- [--streams 1000] [--jobs 20] [--seconds 15] [--runs 3]

Opens event streams (GET /api/jobs/{id}/events) on one web process of a stack of its own, spread over jobs that make two
steps a second, and prints the memory of the web process, the number of Redis subscribers, the time to the headers, and
the time from the write of a status to its arrival at the readers. Needs nothing to be running.`;

/** As many as a person may have open by default. */
const STREAMS_PER_USER = 50;

type Round = {
  headersMs: number[];
  deliveryMs: number[];
  rss: { before: number; open: number; after: number };
  subscribers: number;
  readsPerSecond: number;
  ended: number;
  closed: number;
  readsAfterwards: number;
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      streams: { type: 'string', default: '1000' },
      jobs: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '15' },
      runs: { type: 'string', default: '3' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const options = { streams: Number(values.streams), jobs: Number(values.jobs), seconds: Number(values.seconds) };
  console.log('Starting a stack of its own ...');
  const stack = await startTestStack();
  try {
    Object.assign(process.env, stack.environment);
    const web = readStackRecord(stack.folder)?.processes.find(({ name }) => name.startsWith('web'));
    if (!web) throw new Error('The stack has no web process.');
    const rounds: Round[] = [];
    for (let run = 1; run <= Number(values.runs); run += 1) {
      rounds.push(await round(web.pid, options));
      console.log(`run ${run} of ${values.runs}: ${summary(rounds.at(-1))}`);
    }
    print(options, rounds);
  } finally {
    await closeQueues();
    await stack.stop();
  }
}

async function round(webPid: number, options: { streams: number; jobs: number; seconds: number }): Promise<Round> {
  const redis = openRedis('blocking', 'bench');
  try {
    const users = await prepareUsers(Math.ceil(options.streams / STREAMS_PER_USER));
    const jobs = await startJobs(redis, users, options.jobs);
    // Everything is loaded once, so that what is measured is streams and not a first request.
    await closeAll(await openStreams(jobs.slice(0, 1), 1));
    const before = rssMb(webPid);
    const clients = await openStreams(jobs, options.streams);
    const reads = await commandCount(redis, 'hgetall');
    await makeProgress(redis, jobs, options.seconds);
    const readsPerSecond = ((await commandCount(redis, 'hgetall')) - reads) / options.seconds;
    const open = rssMb(webPid);
    const subscribers = await subscriberCount(redis);
    await makeProgress(redis, jobs, 0);
    await until(() => clients.every(({ isClosed }) => isClosed()), 15_000);
    return {
      headersMs: clients.map(({ headersMs }) => headersMs),
      deliveryMs: clients.flatMap((client) => deliveries(client)),
      rss: { before, open, after: rssMb(webPid) },
      subscribers,
      readsPerSecond,
      ended: clients.filter(({ hasEnded }) => hasEnded()).length,
      closed: clients.filter(({ isClosed }) => isClosed()).length,
      readsAfterwards: await readsWhileIdle(redis),
    };
  } finally {
    redis.disconnect();
  }
}

async function prepareUsers(count: number) {
  const users: Awaited<ReturnType<typeof createTestUser>>[] = [];
  while (users.length < count) users.push(await createTestUser());
  return users;
}

/** Between the write of a version and its arrival, for what was written while the stream was open. */
function deliveries({ job, openedAt, arrivals }: StreamClient): number[] {
  return [...arrivals].flatMap(([version, at]) => {
    const written = job.writtenAt.get(version);
    return written === undefined || written < openedAt ? [] : [at - written];
  });
}

/** A web process that still listens for somebody looks at the job every five seconds. */
async function readsWhileIdle(redis: ReturnType<typeof openRedis>): Promise<number> {
  const before = await commandCount(redis, 'hgetall');
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  return (await commandCount(redis, 'hgetall')) - before;
}

function summary(round: Round | undefined): string {
  if (!round) return '';
  const { rss, headersMs, deliveryMs } = round;
  const delivery = `${ms(percentile(deliveryMs, 0.5))} / ${ms(percentile(deliveryMs, 0.99))}`;
  return `${rss.before.toFixed(0)} -> ${rss.open.toFixed(0)} MB, headers p50 ${ms(percentile(headersMs, 0.5))}, delivery ${delivery}`;
}

function print(options: { streams: number; jobs: number; seconds: number }, rounds: Round[]): void {
  const of = (figure: (round: Round) => number) => median(rounds.map(figure));
  const row = (name: string, value: string) => console.log(`| ${name} | ${value} |`);
  const { streams, jobs, seconds } = options;
  console.log(
    `\n${streams} streams of ${jobs} jobs, two steps a second for ${seconds} s, medians of ${rounds.length}:\n`,
  );
  console.log('| | |\n|---|---|');
  const memory = [of(({ rss }) => rss.before), of(({ rss }) => rss.open), of(({ rss }) => rss.after)];
  row('memory of the web process before / with / after', memory.map((mb) => `${mb.toFixed(0)} MB`).join(' / '));
  // Garbage of an earlier run is filled again first, so that later runs seem to need less.
  row(
    'more memory, largest of the runs',
    `${Math.max(...rounds.map(({ rss }) => rss.open - rss.before)).toFixed(0)} MB`,
  );
  row('Redis subscribers of the web process', String(of(({ subscribers }) => subscribers)));
  row('status reads a second', of(({ readsPerSecond }) => readsPerSecond).toFixed(1));
  row(
    'time to headers p50 / p95',
    pair(of, ({ headersMs }) => headersMs, 0.95),
  );
  row(
    'status write to reader p50 / p99',
    pair(of, ({ deliveryMs }) => deliveryMs, 0.99),
  );
  row('events delivered', String(of(({ deliveryMs }) => deliveryMs.length)));
  row('streams that ended with the job', `${of(({ ended }) => ended)} of ${streams}`);
  row('reads in the 7 s after the last stream', String(of(({ readsAfterwards }) => readsAfterwards)));
}

function pair(of: (figure: (round: Round) => number) => number, values: (round: Round) => number[], high: number) {
  return `${ms(of((round) => percentile(values(round), 0.5)))} / ${ms(of((round) => percentile(values(round), high)))}`;
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

await main();
