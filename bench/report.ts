import { parseArgs } from 'node:util';
import { closeQueues } from '@/lib/queue/queue-manager';
import { researchQueue } from '@/lib/queue/queues/research-queue';
import { runInline } from '@/lib/queue/run-inline';
import { recordJob } from '@/lib/queue/submit-job';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { startQueueStack } from '../tests/support/queue-stack';
import { createTestUser } from '../tests/support/users';
import { median } from './percentiles';
import { CHAINS, COMPANY, timeChain } from './report/dependent-chains';
import { type SandboxProcess, startSandboxProcess } from './report/sandbox-process';

const MOST_RATIO = 1.15;
const MOST_DEMO_MS = 3_000;

const HELP = `Usage: npm run bench:report -- [--runs 5] [--scale 1]

Times a whole research of a demo company (the job with its ledger, all sources, the eight sections, nothing kept, no model)
in turns with the bare requests of its slowest chain of dependent calls, against the provider sandbox with simulated
latencies (times --scale); then a research without latencies. Prints medians and the ratio. Exit code 1 when the ratio is
over ${MOST_RATIO} or a research without latencies takes 3 s. Starts a Redis and a database of its own and removes them.`;

/** How long each provider takes to answer, ms: the order of what the real ones take. */
const LATENCIES: Readonly<Record<string, number>> = {
  'companies-house': 200,
  'companies-house-documents': 500,
  web: 600,
  greenhouse: 400,
  gdelt: 1_000,
  newsapi: 400,
  gleif: 400,
  gazette: 700,
  'contracts-finder': 900,
  'find-a-tender': 900,
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '5' },
      scale: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [runs, scale] = [Number(values.runs), Number(values.scale)];
  const sandbox = await startSandboxProcess();
  const stack = await startQueueStack({
    COMPANIES_HOUSE_BASE_URL: `${sandbox.url}/companies-house`,
    COMPANIES_HOUSE_API_KEY: 'sandbox',
    LOG_LEVEL: 'silent',
  });
  try {
    await warmUp(sandbox);
    await sandbox.delay(Object.fromEntries(Object.entries(LATENCIES).map(([name, ms]) => [name, ms * scale])));
    const ratio = await besideChain(sandbox, runs);
    await sandbox.delay({});
    const demo = await demoRuns(runs);
    process.exitCode = ratio <= MOST_RATIO && demo < MOST_DEMO_MS ? 0 : 1;
  } finally {
    await closeQueues();
    await Promise.all([stack.stop(), sandbox.stop()]);
  }
}

/** Compiles, connects, and makes sure that the chains are what a research really asks. */
async function warmUp(sandbox: SandboxProcess): Promise<void> {
  await timeResearch();
  const asked = new Set(await sandbox.takeLog());
  const unasked = CHAINS.flatMap(({ steps }) => steps.flat()).filter((address) => !asked.has(address));
  if (unasked.length > 0) throw new Error(`A research does not ask for ${unasked.join(', ')}`);
  for (const chain of CHAINS) await timeChain(sandbox.url, chain);
  console.log(`A research of ${COMPANY} asks ${asked.size} addresses.`);
}

async function besideChain(sandbox: SandboxProcess, runs: number): Promise<number> {
  const ours: number[] = [];
  const chains = CHAINS.map(({ name }) => ({ name, times: [] as number[] }));
  for (let run = 1; run <= runs; run++) {
    for (const [index, chain] of CHAINS.entries()) chains[index]?.times.push(await timeChain(sandbox.url, chain));
    ours.push(await timeResearch());
    console.log(`run ${run} of ${runs}: research ${ms(ours.at(-1))}, ${chainText(chains, (times) => times.at(-1))}`);
  }
  const slowest = Math.max(...chains.map(({ times }) => median(times)));
  const ratio = median(ours) / slowest;
  console.log(`\nMedians: research ${ms(median(ours))}; bare chains: ${chainText(chains, median)}.`);
  console.log(`Research to its slowest chain: ${ratio.toFixed(2)} (at most ${MOST_RATIO})`);
  return ratio;
}

async function demoRuns(runs: number): Promise<number> {
  const times: number[] = [];
  for (let run = 1; run <= runs; run++) times.push(await timeResearch());
  const slowest = Math.max(...times);
  console.log(`Without latencies: median ${ms(median(times))}, slowest ${ms(slowest)} (under ${ms(MOST_DEMO_MS)})`);
  return slowest;
}

/** From recording the job to its end in the ledger, with nothing kept of what providers said before. */
async function timeResearch(): Promise<number> {
  const db = serviceClient();
  unwrap(await db.from('source_cache').delete().neq('key', ''));
  unwrap(await db.from('contract_spans').delete().neq('provider', ''));
  const { id } = await createTestUser();
  const begun = performance.now();
  const { job } = await recordJob(researchQueue, { user_id: id, company_id: COMPANY });
  if (job === null) throw new Error('no job was recorded');
  const { state } = await runInline(researchQueue, job);
  if (state !== 'completed') throw new Error(`the research ended as ${state}`);
  return performance.now() - begun;
}

function chainText(
  chains: readonly { name: string; times: readonly number[] }[],
  pick: (times: readonly number[]) => number | undefined,
): string {
  return chains.map(({ name, times }) => `${name} ${ms(pick(times))}`).join(', ');
}

function ms(value: number | undefined): string {
  return value === undefined ? '-' : `${Math.round(value)} ms`;
}

// Connections that try again for a stack that is gone would keep the process alive.
await main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
