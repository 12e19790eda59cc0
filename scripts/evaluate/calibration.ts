import type { ComparedFact } from './field-accuracy';
import { type Measure, percent, verdictOf } from './measure';

/** A value that was stated with a confidence, and whether it was right. */
export type Judged = Pick<ComparedFact, 'confidence' | 'right'>;

const BINS = 10;
const LARGEST_ERROR = 0.1;
const BANDS = [
  { name: 'high', from: 0.8, to: 1.01 },
  { name: 'medium', from: 0.55, to: 0.8 },
  { name: 'low', from: 0, to: 0.55 },
] as const;

/**
 * E9: how well confidence foretells being right. The Brier score is the mean squared difference; the expected calibration
 * error is the mean difference per tenth, weighted by how many fall into it.
 * @param groups values by where their truth comes from; those that were not stated take no part.
 */
export function measureCalibration(groups: Readonly<Record<string, readonly Judged[]>>): Measure {
  const all = Object.values(groups).flat();
  const ece = calibrationError(all);
  return {
    id: 'E9',
    name: 'Calibration',
    figure: `expected calibration error ${ece.toFixed(3)}, Brier ${brier(all).toFixed(3)} over ${all.length} values`,
    target: 'error at most 0.10',
    verdict: all.length === 0 ? 'no_data' : verdictOf(ece <= LARGEST_ERROR),
    hard: false,
    cases: [
      ...BANDS.map((band) =>
        line(
          band.name,
          all.filter(({ confidence }) => confidence >= band.from && confidence < band.to),
        ),
      ),
      ...Object.entries(groups).map(
        ([name, judged]) => `${line(name, judged)}, error ${calibrationError(judged).toFixed(3)}`,
      ),
    ],
  };
}

/** @returns 0 for perfect foresight, 1 for the opposite. */
export function brier(judged: readonly Judged[]): number {
  return mean(judged.map(({ confidence, right }) => (confidence - Number(right)) ** 2));
}

/** The expected calibration error over ten equal bins, 0 to 1. */
export function calibrationError(judged: readonly Judged[]): number {
  const bins = Array.from({ length: BINS }, (_, bin) =>
    judged.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin),
  );
  return bins.reduce((sum, bin) => sum + (bin.length / Math.max(1, judged.length)) * Math.abs(gap(bin)), 0);
}

function gap(judged: readonly Judged[]): number {
  return mean(judged.map(({ confidence }) => confidence)) - mean(judged.map(({ right }) => Number(right)));
}

function line(name: string, judged: readonly Judged[]): string {
  const said = mean(judged.map(({ confidence }) => confidence)).toFixed(2);
  return `${name.padEnd(16)} ${String(judged.length).padStart(5)} values, confidence ${said}, right ${percent(judged.filter(({ right }) => right).length, judged.length)}`;
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
