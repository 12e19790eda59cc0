import { parseArgs } from 'node:util';
import { startQueueStack } from '../tests/support/queue-stack';
import { median } from './percentiles';
import type { Contender, Place } from './throughput/contender';
import { graphileWorker } from './throughput/graphile-worker';
import { ourLedger } from './throughput/our-ledger';
import { pgBoss } from './throughput/pg-boss';
import { bullMq, rawBull } from './throughput/redis-queues';

const HELP = `Usage: npm run bench:throughput -- [--jobs 10000] [--runs 5] [--concurrency 50] [--alone]

Runs empty jobs that are already queued and counts how many end per second: ours (recorded in the ledger, queued in Bull,
run by the worker of the product, audited in the ledger afterwards), graphile-worker and pg-boss on the same Postgres
server, Bull and BullMQ alone on the same Redis. Starts a Postgres, a data API and a Redis of its own in a temporary
folder and removes them. Runs are interleaved after one that only warms up; the table shows medians.
Logs are off for all of them: LOG_LEVEL=warn. --alone runs ours only.`;

/** Ours first: the others are compared with it. */
const OPENERS: readonly ((place: Place) => Contender | Promise<Contender>)[] = [
  ourLedger,
  (place) => graphileWorker(place, { batching: false }),
  (place) => graphileWorker(place, { batching: true }),
  pgBoss,
  rawBull,
  bullMq,
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      jobs: { type: 'string', default: '10000' },
      runs: { type: 'string', default: '5' },
      concurrency: { type: 'string', default: '50' },
      alone: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [jobs, runs, concurrency] = [Number(values.jobs), Number(values.runs), Number(values.concurrency)];
  const stack = await startQueueStack({ LOG_LEVEL: 'warn', REDIS_PREFIX: '{bench}' });
  try {
    const place = { databaseUrl: stack.databaseUrl, redisUrl: stack.redis.url, concurrency };
    const contenders: Contender[] = [];
    for (const open of OPENERS.slice(0, values.alone ? 1 : undefined)) contenders.push(await open(place));
    const rates = await runAll(contenders, jobs, runs);
    print(contenders, rates, { jobs, runs });
    for (const contender of contenders) await contender.close();
  } finally {
    await stack.stop();
  }
}

/** @returns jobs per second of every run, by name. */
async function runAll(contenders: readonly Contender[], jobs: number, runs: number): Promise<Map<string, number[]>> {
  const rates = new Map(contenders.map(({ name }): [string, number[]] => [name, []]));
  for (let run = 0; run <= runs; run++) {
    const figures: string[] = [];
    for (const contender of contenders) {
      const count = run === 0 ? Math.ceil(jobs / 4) : jobs;
      await contender.prepare(count);
      const rate = count / (await contender.run(count)) / 0.001;
      if (run > 0) rates.get(contender.name)?.push(rate);
      figures.push(`${contender.name} ${Math.round(rate)}`);
    }
    console.log(`${run === 0 ? 'warming up' : `run ${run} of ${runs}`}: ${figures.join(' | ')}`);
  }
  return rates;
}

function print(contenders: readonly Contender[], rates: Map<string, number[]>, of: { jobs: number; runs: number }) {
  const medianOf = (name: string) => median(rates.get(name) ?? []);
  const ours = medianOf(contenders[0]?.name ?? '');
  console.log(`\n${of.jobs} empty jobs a run, medians of ${of.runs} runs:\n`);
  console.log('| | jobs/s | ours is | durable record | setup |\n|---|---|---|---|---|');
  for (const { name, setup, durable } of contenders) {
    const rate = medianOf(name);
    console.log(
      `| ${name} | ${Math.round(rate)} | ${(ours / rate).toFixed(2)} x | ${durable ? 'yes' : 'no'} | ${setup} |`,
    );
  }
}

// Connections of a contender that failed half-way must not keep the command from ending.
await main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
