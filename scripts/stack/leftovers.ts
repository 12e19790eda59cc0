import { setTimeout as wait } from 'node:timers/promises';
import { isSameProcess } from '../bootstrap/process-identity.mjs';
import { killGroup } from './child-run';
import type { StackProcess } from './stack-record';

// The orphan guard has asked them to stop already: most are about to be gone.
const GRACE_MS = 3_000;
const STOP_MS = 20_000;

/**
 * Ends the processes of an earlier start whose supervisor was killed.
 * @returns how many still ran.
 */
export async function endLeftovers(processes: readonly StackProcess[]): Promise<number> {
  const left = processes.filter(isSameProcess);
  if (left.length === 0 || (await allGone(left, GRACE_MS))) return left.length;
  for (const { pid } of left.filter(isSameProcess)) process.kill(pid, 'SIGTERM');
  if (await allGone(left, STOP_MS)) return left.length;
  for (const { pid } of left.filter(isSameProcess)) killGroup(pid);
  await allGone(left, GRACE_MS);
  return left.length;
}

async function allGone(processes: readonly StackProcess[], withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (processes.some(isSameProcess)) {
    if (performance.now() > deadline) return false;
    await wait(50);
  }
  return true;
}
