import { singleton } from '@/lib/singleton';

/**
 * So many completed attempts of a process may wait for their commit while their slots take further jobs already. More
 * would only wait longer: a commit takes a hundred at a time.
 */
const MOST = 500;

/** @returns whether one more slot may be given free before its commit. */
export function mayRunAhead(): boolean {
  return ends().size < MOST;
}

/** Counts a commit that nobody waits for, until it has come to its end either way. */
export function runAhead(commit: Promise<unknown>): void {
  ends().add(commit);
  const forget = () => void ends().delete(commit);
  commit.then(forget, forget);
}

/** Resolves when every attempt that has completed in this process is committed or given up. For shutdown. */
export async function untilCommitted(): Promise<void> {
  while (ends().size > 0) await Promise.allSettled([...ends()]);
}

function ends(): Set<Promise<unknown>> {
  return singleton('queue:uncommitted', () => new Set<Promise<unknown>>());
}
