import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { audit } from './audit/audit';
import type { Evidence } from './audit/finding';
import { recoveries } from './audit/recovery';
import type { ChaosUser, RunningEngine } from './engines/engine';
import { type HappenedFault, workerLosses } from './faults/fault-log';
import type { FaultTools } from './faults/fault-tools';
import { planFaults } from './faults/plan-faults';
import { createProviderMood } from './faults/provider-mood';
import { heal, runFaults } from './faults/run-faults';
import { createHistory, type History } from './load/history';
import { createHttpClient, type HttpClient } from './load/http-client';
import { planLoad } from './load/plan-load';
import { readLastAnswers } from './load/read-last-answers';
import { startLoad } from './load/run-load';
import type { ChaosOptions } from './options';
import { type createUsers, keepForgetting } from './prepare';
import { type ChaosResult, toResult } from './report/result';
import { sampleQuotas } from './sample-quotas';
import { waitForQuiet } from './wait-for-quiet';
import { readPatiently } from './world/read-patiently';

const CLIENTS_LEAVE_MS = 15_000;
/** What is not over so long after the last fault is stuck. */
const STUCK_AFTER_MS = 60_000;

/**
 * One run against a system that is up: load and faults, then quiet, then the audit.
 * @param say prints one line about the course of the run.
 */
export async function runChaos(
  engine: RunningEngine,
  options: ChaosOptions,
  people: Awaited<ReturnType<typeof createUsers>>,
  say: (line: string) => void,
): Promise<ChaosResult> {
  const history = createHistory();
  const over = new AbortController();
  const client = createHttpClient(engine.webUrls);
  const sampling = sampleQuotas(engine, over.signal);
  keepForgetting(engine.environment.DATABASE_URL ?? '', over.signal);
  const { faults, stuck } = await loadAndDisturb({ engine, options, users: people.users, history, client, say });
  over.abort();
  history.lastAnswers.push(...(await readLastAnswers(client, people.users, history)));
  const world = await readPatiently(() => engine.readWorld(history));
  const evidence: Evidence = { world, history, faults, samples: await sampling, stuck };
  const findings = audit(evidence, people.contended);
  return toResult({
    options,
    world,
    history,
    findings,
    recovered: recoveries(world.events, workerLosses(faults), faults),
    faults,
  });
}

type Course = {
  engine: RunningEngine;
  options: ChaosOptions;
  users: readonly ChaosUser[];
  history: History;
  client: HttpClient;
  say: (line: string) => void;
};

/** @returns the faults that happened, and the jobs that did not end in time after the last of them. */
async function loadAndDisturb(course: Course): Promise<{ faults: HappenedFault[]; stuck: string[] }> {
  const { engine, options, users, history, client, say } = course;
  const faultsOver = AbortSignal.timeout(options.seconds * 1_000);
  const clientsOver = new AbortController();
  // Every client and every fault listens to them.
  setMaxListeners(0, clientsOver.signal, faultsOver);
  const load = startLoad({ client, users, planned: planLoad(options), history, signal: clientsOver.signal });
  const tools = await openTools(engine, faultsOver);
  const faults = await runFaults(tools, planFaults(options), say);
  await untilAborted(faultsOver);
  await heal(tools);
  say('the last fault is over: waiting until everything has ended');
  const healedAt = Date.now();
  await Promise.race([load.submitted, wait(STUCK_AFTER_MS, undefined, { ref: false })]);
  const stuck = await waitForQuiet(engine, history, healedAt + STUCK_AFTER_MS - Date.now());
  // Clients that retried a job have begun something new: they get the time to see its end.
  await Promise.race([load.followed, wait(STUCK_AFTER_MS / 2, undefined, { ref: false })]);
  clientsOver.abort();
  // A client that does not hear of it must not keep the audit from happening.
  await Promise.race([load.followed, wait(CLIENTS_LEAVE_MS, undefined, { ref: false })]);
  return { faults, stuck: stuck.length > 0 ? stuck : await waitForQuiet(engine, history, STUCK_AFTER_MS / 2) };
}

async function openTools(engine: RunningEngine, over: AbortSignal): Promise<FaultTools> {
  const mood = await createProviderMood(engine.environment.SANDBOX_URL ?? '');
  return { engine, mood, stopped: new Set(), over };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
