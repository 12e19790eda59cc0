import type { QuotaSample } from '../engines/engine';
import type { HappenedFault } from '../faults/fault-log';
import type { History } from '../load/history';
import type { World } from '../world/world';

/** Everything that a run left behind. */
export type Evidence = {
  world: World;
  history: History;
  faults: readonly HappenedFault[];
  samples: readonly QuotaSample[];
  /** Jobs that had not ended when the time for it was over. */
  stuck: readonly string[];
};

/** Which column of the table a violation counts in; `other` are broken promises without a column of their own. */
export type Column = 'lost' | 'duplicated' | 'drift' | 'stuck' | 'other';

/** A promise that was not kept. */
export type Finding = { column: Column; jobId: string | null; what: string };
