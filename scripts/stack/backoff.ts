const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const STABLE_AFTER_MS = 60_000;

/** @returns how long to wait before start number `failures` + 1 after as many crashes in a row: 0.5 s, doubled up to 30 s. */
export function restartDelayMs(failures: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** Math.max(failures - 1, 0), LONGEST_DELAY_MS);
}

/** @returns the crashes in a row after one more; a child that ran for a minute starts counting anew. */
export function countFailure(failures: number, ranForMs: number): number {
  return ranForMs >= STABLE_AFTER_MS ? 1 : failures + 1;
}
