/** Room between two versions of the ledger, for steps that only Redis is told about. */
const STEPS = 1_000;

/**
 * The version of a status: the ledger's version, with room below the next one for steps that only Redis is told about.
 * Whatever a crashed attempt had counted, the next entry in the ledger is newer.
 */
export function statusVersion(ledgerVersion: number, steps = 0): number {
  return ledgerVersion * STEPS + Math.min(steps, STEPS - 1);
}

/** The ledger's version that a status belongs to. */
export function ledgerVersionOf(version: number): number {
  return Math.floor(version / STEPS);
}
