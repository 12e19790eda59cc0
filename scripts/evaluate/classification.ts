import type { Judged } from './calibration';
import { type Measure, shareOf, verdictOf } from './measure';

/** How classified fields compare with the gold profiles. */
export type ClassificationResult = {
  /** Quotes that stand word for word in the section they name. */
  quotes: { passed: number; total: number };
  fields: readonly { field: string; total: number; macroF1: number; accuracy: number; majorityAccuracy: number }[];
  /** Mean macro-F1 and mean share of right values in either half of the cases: how far they depend on the choice. */
  halves: readonly { macroF1: number; accuracy: number }[];
  /** Each value with its confidence, for the calibration. */
  judged: readonly Judged[];
};

/** E8: every quote stands verbatim in its text, and each field is told better than by always saying the commonest value. */
export function measureClassification(result: ClassificationResult | null): Measure {
  const about = {
    id: 'E8',
    name: 'Classification',
    target: 'every quote verbatim, better than the majority',
    hard: false,
  } as const;
  if (result === null) {
    return { ...about, figure: 'needs the labelled profiles of the shared data', verdict: 'no_data', cases: [] };
  }
  const { quotes, fields, halves } = result;
  const met = quotes.passed === quotes.total && fields.every((field) => field.accuracy > field.majorityAccuracy);
  return {
    ...about,
    figure: `quotes verbatim ${shareOf(quotes.passed, quotes.total)}, macro-F1 ${mean(fields.map(({ macroF1 }) => macroF1))}, lift ${mean(fields.map(({ accuracy, majorityAccuracy }) => accuracy - majorityAccuracy))}`,
    verdict: verdictOf(met),
    cases: [
      ...fields.map(
        ({ field, total, macroF1, accuracy, majorityAccuracy }) =>
          `${field}: macro-F1 ${macroF1.toFixed(2)}, right ${accuracy.toFixed(2)}, lift over the majority ${(accuracy - majorityAccuracy).toFixed(2)}, ${total} cases`,
      ),
      ...halves.map(
        ({ macroF1, accuracy }, index) =>
          `half ${index + 1}: macro-F1 ${macroF1.toFixed(2)}, right ${accuracy.toFixed(2)}, over all fields`,
      ),
    ],
  };
}

function mean(numbers: readonly number[]): string {
  return (numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length)).toFixed(2);
}
