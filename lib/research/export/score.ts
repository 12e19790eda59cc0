import type { ReportScore } from '../schema';
import { upperFirst } from '../writer/phrases';
import type { CitedLine } from './appendix';
import type { Citer } from './citer';
import { oneLine, percentText } from './plain-text';

export type ExportScore = {
  /** Such as "75 of 100, resting on 55% of the weighting". */
  verdict: string;
  components: { name: string; score: number | null; weight: string; rules: CitedLine[] }[];
  limits: CitedLine[];
};

const NAMES: Readonly<Record<string, string>> = {
  bant: 'Budget, authority, need, timing',
  financial: 'Financial health',
};

/** @returns null when no part of the score could be judged. */
export function toScore({ overall, coverage, components, caps }: ReportScore, cite: Citer): ExportScore | null {
  if (components.every(({ score }) => score === null)) return null;
  const share = `${percentText(coverage)} of the weighting`;
  const toLine = ({ text, evidence }: { text: string; evidence: readonly string[] }): CitedLine => ({
    text: oneLine(text),
    sources: cite.evidence(evidence),
  });
  return {
    verdict:
      overall === null
        ? `Insufficient evidence: only ${share} could be judged`
        : `${overall} of 100, resting on ${share}`,
    components: components.map(({ name, score, weight, rules, not_scored_reason: why }) => ({
      name: NAMES[name] ?? upperFirst(oneLine(name)),
      score,
      weight: percentText(weight),
      // Why there is no score stands where the rules would.
      rules: why ? [{ text: oneLine(why), sources: [] }] : rules.map(toLine),
    })),
    limits: caps.map(toLine),
  };
}
