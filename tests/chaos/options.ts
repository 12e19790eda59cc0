import { FAULT_KINDS, type FaultKind } from './faults/fault-kinds';

/** What `npm run chaos` was asked for. */
export type ChaosOptions = {
  /** How long jobs are submitted and faults happen. */
  seconds: number;
  seed: number;
  /** Jobs that are submitted. */
  jobs: number;
  faults: readonly FaultKind[];
  engine: 'ours' | 'plain';
  /** A file whose generated section gets the table. */
  report: string | null;
};

/** The options as the command line gave them, all text. */
export type RawOptions = Partial<Record<keyof ChaosOptions, string>>;

const DEFAULTS = { seconds: 240, jobs: 600 };

/** @throws Error in words for the person at the terminal. */
export function parseOptions(raw: RawOptions, drawSeed = () => Math.floor(Math.random() * 1_000_000)): ChaosOptions {
  return {
    seconds: whole('seconds', raw.seconds, 10, DEFAULTS.seconds),
    seed: whole('seed', raw.seed, 0, drawSeed()),
    jobs: whole('jobs', raw.jobs, 1, DEFAULTS.jobs),
    faults: parseFaults(raw.faults),
    engine: parseEngine(raw.engine),
    report: raw.report ?? null,
  };
}

/** @returns the command that repeats a run. */
export function commandOf({ seconds, seed, jobs, faults, engine }: ChaosOptions): string {
  const some = faults.length === FAULT_KINDS.length ? '' : ` --faults ${faults.join(',')}`;
  const other = engine === 'ours' ? '' : ` --engine ${engine}`;
  return `npm run chaos -- --seed ${seed} --seconds ${seconds} --jobs ${jobs}${some}${other}`;
}

function whole(name: string, text: string | undefined, least: number, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`--${name} is ${text}: it must be a whole number from ${least}.`);
}

function parseFaults(text: string | undefined): readonly FaultKind[] {
  if (text === undefined) return FAULT_KINDS;
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const known = FAULT_KINDS.filter((kind) => names.includes(kind));
  const unknown = names.filter((name) => !FAULT_KINDS.some((kind) => kind === name));
  if (unknown.length === 0) return known;
  throw new Error(`There is no fault ${unknown.join(', ')}. There are: ${FAULT_KINDS.join(', ')}.`);
}

function parseEngine(text: string | undefined): ChaosOptions['engine'] {
  if (text === undefined || text === 'ours') return 'ours';
  if (text === 'plain') return 'plain';
  throw new Error(`--engine is ${text}: it must be ours or plain.`);
}
