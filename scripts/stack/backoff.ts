const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const STABLE_AFTER_MS = 60_000;
/** Running so many times as long as the wait before it is stable, too: what is lost to waiting stays under 5 %. */
const STABLE_AFTER_WAITS = 20;

/** @returns how long to wait before start number `failures` + 1 after as many crashes in a row: 0.5 s, doubled up to 30 s. */
export function restartDelayMs(failures: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** Math.max(failures - 1, 0), LONGEST_DELAY_MS);
}

/**
 * @returns the crashes in a row after one more. A child that ran for a minute, or twenty times as long as it had been
 *   held back, starts counting anew: one that is killed now and then is back at once, one that cannot run is not.
 */
export function countFailure(failures: number, ranForMs: number): number {
  const stableMs = Math.min(STABLE_AFTER_MS, STABLE_AFTER_WAITS * restartDelayMs(failures));
  return ranForMs >= stableMs ? 1 : failures + 1;
}
