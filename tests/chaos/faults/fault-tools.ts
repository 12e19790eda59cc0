import type { Process, RunningEngine } from '../engines/engine';
import type { ProviderMood } from './provider-mood';

/** What faults work with. */
export type FaultTools = {
  engine: RunningEngine;
  mood: ProviderMood;
  /** Process ids that are stopped by SIGSTOP now. */
  stopped: Set<number>;
  /** Fires when all faults have to end. */
  over: AbortSignal;
};

export type Victim = { target: string | null; pid: number | null };
export const NOBODY: Victim = { target: null, pid: null };

/** @param choice 0 to 1. @returns one of the processes that can be hit; null when there is none now. */
export function choose(processes: readonly Process[], choice: number, { stopped }: FaultTools): Process | null {
  const hittable = processes.filter(({ pid }) => !stopped.has(pid));
  return hittable[Math.floor(choice * hittable.length)] ?? null;
}

/** A worker that has something to lose, where there is one: hitting an idle one proves nothing. */
export async function chooseWorker(tools: FaultTools, choice: number): Promise<Process | null> {
  const workers = tools.engine.processes('worker');
  const busy = await tools.engine.busyWorkers().catch((): number[] => []);
  return (
    choose(
      workers.filter(({ pid }) => busy.includes(pid)),
      choice,
      tools,
    ) ?? choose(workers, choice, tools)
  );
}

export function toVictim({ name, pid }: Process): Victim {
  return { target: name, pid };
}

/** @returns whether there was such a process. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
