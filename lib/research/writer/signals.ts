import { z } from 'zod';
import type { SectionFacts } from '../draft/section-facts';
import type { Statement } from '../schema';
import { checkValue, readValue, signalValue } from '../values';
import { writeGaps } from './gaps';
import { counted, inSeries } from './phrases';
import { type Cited, cited, say } from './say';

type Check = z.infer<typeof checkValue>;

/** More signals than this are left to the dated list beside the text. */
const TOLD = 5;

export function writeSignals(facts: SectionFacts): (Cited | null)[] {
  const signals = facts.extras('signal');
  const count = cited(facts.statement('signals_count'), ({ value }) => counted(Number(value), 'dated event'));
  const checked = facts.statement('signals_checked');
  const checks = checked === null ? [] : readValue(checked, z.array(checkValue));
  const looked = checks.filter(({ outcome }) => outcome !== 'not_run');
  return [
    signals.length === 0 ? null : say`The past year holds ${count} worth knowing.`,
    ...signals.slice(0, TOLD).map(signalSentence),
    signals.length > 0 || looked.length === 0
      ? null
      : say`${cited(checked, () => 'No signal')} was found in what was read of the past year.`,
    checkSentence(checked, looked, 'Looked for'),
    ...notRunSentences(checked, checks),
    writeGaps(facts),
  ];
}

function signalSentence(statement: Statement): Cited | null {
  const { title, why_it_matters: why } = readValue(statement, signalValue);
  return say`${cited(statement, () => `${title}. ${why}`)}`;
}

function checkSentence(checked: Statement | null, checks: readonly Check[], words: string): Cited | null {
  if (checks.length === 0) return null;
  return say`${words}: ${cited(checked, () => inSeries(checks.map(detectorName)))}.`;
}

function detectorName({ detector }: Pick<Check, 'detector'>): string {
  return detector.replaceAll('_', ' ').replace(/\buk\b/, 'UK');
}

/** One sentence for all detectors that did not run for the same reason. */
function notRunSentences(checked: Statement | null, checks: readonly Check[]): (Cited | null)[] {
  const reasons = new Map<string, string[]>();
  for (const { detector, outcome, reason } of checks) {
    if (outcome !== 'not_run') continue;
    const key = reason ?? '';
    reasons.set(key, [...(reasons.get(key) ?? []), detectorName({ detector })]);
  }
  return [...reasons].map(
    ([reason, detectors]) => say`Not looked for: ${cited(checked, () => `${inSeries(detectors)}. ${reason}`.trim())}`,
  );
}
