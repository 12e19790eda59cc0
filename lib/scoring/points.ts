/** What a rule gives, and the most that it could have given. */
export type Given = { points: number; most: number };
/** Points by the lowest value that earns them, the highest first. */
type Steps = readonly (readonly [from: number, points: number])[];

/**
 * All points of the score in one place. A component comes to the points that its rules gave in percent of the most that
 * these very rules could have given, 0 to 100. So what a company does not disclose (micro-entity accounts hold no profit
 * and often no cash) lowers nothing: it leaves the rule out on both sides. A rule with 0 at most can only add, or tells
 * without judging.
 */
const POINTS = {
  // Financial health.
  active: { most: 15, yes: 15, no: 0 },
  /** By full years on the register. */
  years: {
    most: 15,
    steps: [
      [10, 15],
      [5, 11],
      [2, 6],
      [0, 2],
    ],
  },
  accountsFiled: { most: 10, onTime: 10, unclear: 0, overdue: -15 },
  confirmationFiled: { most: 5, onTime: 5, unclear: 0, overdue: -10 },
  officeUnreachable: { most: 0, yes: -15 },
  insolvency: { most: 0, yes: -20 },
  /** By outstanding charges. */
  charges: { most: 10, none: 10, few: 5, many: 0 },
  netAssets: { most: 15, positive: 15, negative: 0 },
  /** By change over a year in percent; `better` and `worse` where a percentage means nothing, below zero. */
  netAssetsTrend: {
    most: 10,
    better: 6,
    worse: 0,
    steps: [
      [5, 10],
      [-5, 7],
      [-20, 3],
      [-Infinity, 0],
    ],
  },
  /** By current assets over what is due within a year. */
  currentRatio: {
    most: 15,
    steps: [
      [1.5, 15],
      [1, 10],
      [0.7, 4],
      [0, 0],
    ],
  },
  /** By change over a year in percent. */
  cashTrend: {
    most: 8,
    steps: [
      [5, 8],
      [-10, 6],
      [-50, 2],
      [-Infinity, 0],
    ],
  },
  profit: { most: 12, profit: 12, loss: 0 },
  /** How much is disclosed limits what can be known, not how good the company is. */
  accountsType: { most: 0, told: 0 },

  // Growth.
  /** By change over a year in percent. */
  employeesGrowth: {
    most: 30,
    steps: [
      [20, 30],
      [5, 24],
      [-4.9, 15],
      [-20, 5],
      [-Infinity, 0],
    ],
  },
  netAssetsGrowth: {
    most: 20,
    steps: [
      [20, 20],
      [5, 16],
      [-4.9, 10],
      [-20, 4],
      [-Infinity, 0],
    ],
  },
  allotments: { most: 10, none: 0, one: 8, several: 10 },
  board: { most: 15, grew: 15, same: 8, shrank: 0 },
  accountsClass: { most: 15, larger: 15, same: 8, smaller: 0 },
  /** Most companies never sell to public bodies, so an award adds and its absence says nothing. */
  awards: { most: 0, one: 12, several: 18 },
  /** By open roles for every hundred employees; likewise, since most boards cannot be read. */
  openRoles: {
    most: 0,
    none: 0,
    unmeasured: 6,
    steps: [
      [10, 15],
      [3, 10],
      [0, 6],
    ],
  },
  /** New security can pay for growth or for survival. */
  newCharges: { most: 0, told: 0 },

  // Budget, authority, need and timing: each letter is reachable, whether something speaks for it or not.
  letter: { most: 25, known: 25, indicated: 15 },
} as const satisfies Record<string, { most: number; steps?: Steps; [outcome: string]: number | Steps | undefined }>;

type Table = typeof POINTS;
type OutcomeOf<K extends keyof Table> = Exclude<keyof Table[K], 'most' | 'steps'>;
type Stepped = { [K in keyof Table]: Table[K] extends { steps: Steps } ? K : never }[keyof Table];

/** All letters of BANT together. */
export const BANT_MOST = 4 * POINTS.letter.most;

/** @returns what a rule gives for an outcome. */
export function given<K extends keyof Table>(rule: K, outcome: OutcomeOf<K>): Given {
  return { points: Number(POINTS[rule][outcome]), most: POINTS[rule].most };
}

/** @returns what a rule gives for a value, by its steps. */
export function givenFor(rule: Stepped, value: number): Given {
  const { most, steps } = POINTS[rule];
  const [, points = 0] = steps.find(([from]) => value >= from) ?? [];
  return { points, most };
}
