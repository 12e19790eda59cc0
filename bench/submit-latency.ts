import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { config } from '@/lib/config';
import { closeQueues, openBullQueue } from '@/lib/queue/queue-manager';
import { openRedis } from '@/lib/queue/redis-client';
import { createTestUser } from '../tests/support/users';
import { median, percentile } from './percentiles';

const HELP = `Usage: npm run bench:submit -- [--rate 20] [--seconds 10] [--runs 3]

Times POST /api/research/{id} against the running stack at a fixed rate, beside Bull's queue.add alone at the same rate
on the same Redis. Every request is a new job of its own user, so nothing is answered from a cache.
Start the stack first: npm start`;

const COMPANIES = Array.from({ length: 12 }, (_, index) => `DM0000${String(index + 1).padStart(2, '0')}`);

type Timings = { p50: number; p99: number; max: number; failed: number };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rate: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '10' },
      runs: { type: 'string', default: '3' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [rate, seconds, runs] = [Number(values.rate), Number(values.seconds), Number(values.runs)];
  const requests = rate * seconds;
  const pairs = await preparePairs(requests * runs);
  await post(pairs.pop());
  const posts: Timings[] = [];
  const adds: Timings[] = [];
  for (let run = 1; run <= runs; run++) {
    adds.push(await timeQueueAdd(requests, rate));
    posts.push(await atRate(requests, rate, () => post(pairs.pop())));
    console.log(`run ${run} of ${runs}: POST p50 ${ms(posts.at(-1)?.p50)}, queue.add p50 ${ms(adds.at(-1)?.p50)}`);
  }
  print(rate, seconds, posts, adds);
  await closeQueues();
}

/** A user and a company for each request: no two are the same, and one is spare for warming up. */
async function preparePairs(count: number): Promise<{ token: string; company: string }[]> {
  const users = Math.ceil((count + 1) / COMPANIES.length);
  const pairs: { token: string; company: string }[] = [];
  for (let index = 0; index < users; index++) {
    const { accessToken } = await createTestUser();
    pairs.push(...COMPANIES.map((company) => ({ token: accessToken, company })));
  }
  return pairs;
}

async function post(pair: { token: string; company: string } | undefined): Promise<void> {
  if (!pair) throw new Error('more requests than prepared');
  const response = await fetch(`${config().web.appUrl}/api/research/${pair.company}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${pair.token}` },
  });
  await response.text();
  if (response.status !== 202) throw new Error(`answered ${response.status}`);
}

async function timeQueueAdd(requests: number, rate: number): Promise<Timings> {
  const connections = [openRedis('failFast', 'bench'), openRedis('blocking', 'bench-events')] as const;
  const queue = openBullQueue(`bench-${randomUUID()}`, (type) => connections[type === 'client' ? 0 : 1]);
  await queue.add({ warm: true });
  const timings = await atRate(requests, rate, () => queue.add({ company_id: 'DM000001' }));
  await queue.obliterate({ force: true });
  await queue.close(true);
  for (const connection of connections) connection.disconnect();
  return timings;
}

/** Open loop: a slow answer does not delay the next request, so waiting in line is measured too. */
async function atRate(requests: number, rate: number, send: () => Promise<unknown>): Promise<Timings> {
  const durations: number[] = [];
  let failed = 0;
  const timed = async () => {
    const started = performance.now();
    try {
      await send();
      durations.push(performance.now() - started);
    } catch (error) {
      failed += 1;
      if (failed === 1) console.error(error);
    }
  };
  const begin = performance.now();
  const pending: Promise<void>[] = [];
  for (let index = 0; index < requests; index++) {
    const due = begin + (index * 1000) / rate;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    pending.push(timed());
  }
  await Promise.all(pending);
  return { p50: percentile(durations, 0.5), p99: percentile(durations, 0.99), max: percentile(durations, 1), failed };
}

function print(rate: number, seconds: number, posts: Timings[], adds: Timings[]): void {
  const row = (name: string, all: Timings[]) => {
    const figure = (key: 'p50' | 'p99' | 'max') => ms(median(all.map((timings) => timings[key])));
    const failed = all.reduce((sum, timings) => sum + timings.failed, 0);
    console.log(`| ${name} | ${figure('p50')} | ${figure('p99')} | ${figure('max')} | ${failed} |`);
  };
  console.log(`\n${rate} requests a second for ${seconds} s, medians of ${posts.length} runs:\n`);
  console.log('| | p50 | p99 | slowest | failed |\n|---|---|---|---|---|');
  row('POST /api/research/{id}', posts);
  row('queue.add alone', adds);
  const ratio = median(posts.map(({ p50 }) => p50)) / median(adds.map(({ p50 }) => p50));
  console.log(`\nratio of the p50s: ${ratio.toFixed(1)}`);
}

function ms(value: number | undefined): string {
  return value === undefined ? '-' : `${value.toFixed(1)} ms`;
}

await main();
