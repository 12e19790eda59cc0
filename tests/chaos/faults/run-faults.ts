import { setTimeout as wait } from 'node:timers/promises';
import type { MachineFaultKind } from './fault-kinds';
import type { HappenedFault } from './fault-log';
import { type FaultTools, signalProcess, type Victim } from './fault-tools';
import type { PlannedFault } from './plan-faults';
import { deploy, jumpClock, killWeb, killWorker, stopWorker } from './process-faults';
import { disturbProvider } from './provider-faults';
import {
  crashDatabase,
  flushRedis,
  pauseRedis,
  resetConnections,
  restartDatabase,
  restartRedis,
} from './service-faults';

const FAULTS: Record<MachineFaultKind, (tools: FaultTools, planned: PlannedFault) => Promise<Victim>> = {
  'worker-kill': killWorker,
  'worker-stop': stopWorker,
  'web-kill': killWeb,
  'rolling-deploy': deploy,
  'redis-restart': restartRedis,
  'redis-flush': flushRedis,
  'redis-pause': pauseRedis,
  'connection-reset': resetConnections,
  'database-restart': restartDatabase,
  'database-crash': crashDatabase,
  'provider-errors': disturbProvider('provider-errors'),
  'provider-slow': disturbProvider('provider-slow'),
  'provider-hang': disturbProvider('provider-hang'),
  'provider-reset': disturbProvider('provider-reset'),
  'provider-limit': disturbProvider('provider-limit'),
  'clock-jump': jumpClock,
};
/** A fault that cannot happen, such as wiping a Redis that is away, is given up. */
const GIVE_UP_MS = 15_000;

/**
 * Lets the faults of a schedule happen, each at its time, also while others last.
 * @param say told of every fault in one line.
 * @returns what happened, once the last one is over.
 */
export async function runFaults(
  tools: FaultTools,
  schedule: readonly PlannedFault[],
  say: (line: string) => void,
): Promise<HappenedFault[]> {
  const startedAt = Date.now();
  const happened: HappenedFault[] = [];

  async function happen(planned: PlannedFault): Promise<void> {
    const delayMs = startedAt + planned.atMs - Date.now();
    await wait(Math.max(0, delayMs), undefined, { signal: tools.over }).catch(() => undefined);
    if (tools.over.aborted) return;
    const at = Date.now();
    say(`${((at - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${planned.kind}`);
    const victim = await Promise.race([attempt(tools, planned), giveUp(planned)]);
    happened.push({ kind: planned.kind, at, endedAt: Date.now(), ...victim });
  }

  await Promise.all(schedule.map(happen));
  return happened.sort((a, b) => a.at - b.at);
}

/** Ends everything that faults may have left: stopped processes, a disturbed provider. */
export async function heal({ stopped, mood }: FaultTools): Promise<void> {
  for (const pid of stopped) signalProcess(pid, 'SIGCONT');
  stopped.clear();
  await mood.calm();
}

/** What cannot be reached cannot be disturbed: it is away already. */
async function attempt(tools: FaultTools, planned: PlannedFault): Promise<Victim> {
  return FAULTS[planned.kind](tools, planned).catch(() => ({ target: 'not reached', pid: null }));
}

async function giveUp({ lastsMs, kind }: PlannedFault): Promise<Victim> {
  const limitMs = kind === 'rolling-deploy' ? 10 * GIVE_UP_MS : lastsMs + GIVE_UP_MS;
  await wait(limitMs, undefined, { ref: false });
  return { target: 'given up', pid: null };
}
