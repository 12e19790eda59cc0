import { singleton } from '@/lib/singleton';

type SharedClock = { now: () => number | null };

/**
 * The time that all processes agree on, ms since the epoch: Redis' own, as far as this process has heard of it lately, else
 * its own. A machine whose clock is wrong must not plan for the others with it.
 */
export function sharedNow(): number {
  return sharedClock().now() ?? Date.now();
}

/** How far this process' own clock is behind the shared one, ms; for what is reckoned with `Date.now()` elsewhere. */
export function clockLag(): number {
  return sharedNow() - Date.now();
}

/** @param now Redis' time as this process knows it; null while it has not heard of it. */
export function keepSharedClock(now: () => number | null): void {
  sharedClock().now = now;
}

function sharedClock(): SharedClock {
  return singleton<SharedClock>('queue:shared-clock', () => ({ now: () => null }));
}
