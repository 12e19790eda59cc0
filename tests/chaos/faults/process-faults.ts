import { setTimeout as wait } from 'node:timers/promises';
import type { Process } from '../engines/engine';
import { choose, chooseWorker, type FaultTools, NOBODY, signalProcess, toVictim, type Victim } from './fault-tools';
import type { PlannedFault } from './plan-faults';

const NEXT_AFTER_MS = 12_000;

/** Ends a worker at once, as running out of memory or losing the machine does. */
export async function killWorker(tools: FaultTools, { target }: PlannedFault): Promise<Victim> {
  return kill(await chooseWorker(tools, target));
}

export async function killWeb(tools: FaultTools, { target }: PlannedFault): Promise<Victim> {
  return kill(choose(tools.engine.processes('web'), target, tools));
}

/** Stops a worker for longer than a lease and lets it go on: it comes back believing that no time has passed. */
export async function stopWorker(tools: FaultTools, planned: PlannedFault): Promise<Victim> {
  const victim = await chooseWorker(tools, planned.target);
  if (!victim || !signalProcess(victim.pid, 'SIGSTOP')) return NOBODY;
  tools.stopped.add(victim.pid);
  await wait(planned.lastsMs, undefined, { signal: tools.over }).catch(() => undefined);
  tools.stopped.delete(victim.pid);
  signalProcess(victim.pid, 'SIGCONT');
  return toVictim(victim);
}

/** Asks every worker and web process to end, one after the other, each when the one before it is back. */
export async function deploy(tools: FaultTools): Promise<Victim> {
  for (const part of ['worker', 'web'] as const) {
    for (const { name, pid } of tools.engine.processes(part)) {
      if (tools.over.aborted) return NOBODY;
      if (tools.stopped.has(pid) || !signalProcess(pid, 'SIGTERM')) continue;
      await untilReplaced(tools, part, name, pid);
    }
  }
  return NOBODY;
}

/** Moves the wall clock of one worker minutes ahead or behind, and back. */
export async function jumpClock(tools: FaultTools, planned: PlannedFault): Promise<Victim> {
  const victim = await chooseWorker(tools, planned.target);
  if (!victim || !signalProcess(victim.pid, 'SIGUSR2')) return NOBODY;
  await wait(planned.lastsMs, undefined, { signal: tools.over }).catch(() => undefined);
  signalProcess(victim.pid, 'SIGUSR2');
  return toVictim(victim);
}

function kill(victim: Process | null): Victim {
  if (!victim || !signalProcess(victim.pid, 'SIGKILL')) return NOBODY;
  return toVictim(victim);
}

async function untilReplaced({ engine, over }: FaultTools, part: 'worker' | 'web', name: string, pid: number) {
  const deadline = Date.now() + NEXT_AFTER_MS;
  const isReplaced = () => engine.processes(part).some((process) => process.name === name && process.pid !== pid);
  while (!isReplaced() && Date.now() < deadline) {
    await wait(100, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
  }
}
