export type MeasureId = `E${number}`;

/** `elsewhere`: proved by the tests that the figure names. `no_data`: the recorded data is absent or nothing to measure yet. */
export type Verdict = 'met' | 'missed' | 'elsewhere' | 'no_data';

/** One line of the evaluation: what was measured, against which target. */
export type Measure = {
  id: MeasureId;
  name: string;
  figure: string;
  target: string;
  verdict: Verdict;
  /** A hard target that is missed fails the command; the others are explained in docs/evaluation.md. */
  hard: boolean;
  /** What went wrong, one case each; or a table that belongs to the figure. */
  cases: readonly string[];
};

export function percent(part: number, whole: number, digits = 1): string {
  return whole === 0 ? 'nothing to measure' : `${((part / whole) * 100).toFixed(digits)} %`;
}

export function shareOf(part: number, whole: number): string {
  return `${part} of ${whole} = ${percent(part, whole)}`;
}

export function verdictOf(met: boolean): Verdict {
  return met ? 'met' : 'missed';
}
