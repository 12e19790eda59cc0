import { recompute } from '../evidence/computations';
import { numberKeys } from '../evidence/number-keys';
import type { Evidence, ReportDocument, ReportScore } from '../schema';
import type { DocumentIndex, Violation } from './document-index';

/** Below this share of the weights a number would say more than is known (design note research 1.7). */
const LEAST_COVERAGE = 0.5;

/** Computes the score of the document again from its components and caps; null for any other formula. */
export function recomputeScore(formula: string, score: ReportScore): number | string | null {
  const scored = score.components.filter((component) => component.score !== null);
  const weight = scored.reduce((sum, component) => sum + component.weight, 0);
  if (formula === 'score_coverage(components)') return Math.round(weight * 100);
  if (formula !== 'weighted_score(components, caps)') return null;
  const limit = Math.min(100, ...score.caps.map((cap) => cap.limit));
  const mean =
    weight === 0
      ? 0
      : scored.reduce((sum, { score: points, weight: share }) => sum + (points ?? 0) * share, 0) / weight;
  if (weight < LEAST_COVERAGE && score.overall === null) return 'insufficient evidence';
  return Math.min(limit, Math.round(mean));
}

type ReportRule = ReportScore['components'][number]['rules'][number];
type Told = Pick<ReportRule, 'text' | 'evidence'> & Partial<Pick<ReportRule, 'formula'>>;

/**
 * E1 and E5 of the score: every number of a rule or a cap stands in its evidence or is computed from it by a formula that
 * comes to the same again, and a component has the points that its rules give.
 */
export function checkScore({ score }: Pick<ReportDocument, 'score'>, index: DocumentIndex): Violation[] {
  const told: Told[] = [...score.components.flatMap(({ rules }) => rules), ...score.caps];
  return [
    ...told.flatMap((rule) => ruleProblems(rule, index)),
    ...score.components
      .filter((component) => component.score !== null && component.score !== pointsOf(component))
      .map(({ name }) => violation('E5', `score of ${name}`, 'is not what its rules give')),
  ];
}

function pointsOf({ rules, reachable }: ReportScore['components'][number]): number {
  const points = rules.reduce((sum, rule) => sum + rule.points, 0);
  return Math.min(100, Math.max(0, Math.round((points / reachable) * 100)));
}

function ruleProblems({ text, evidence: ids, formula = null }: Told, index: DocumentIndex): Violation[] {
  const evidence = ids.flatMap((id) => index.evidence.get(id) ?? []);
  if (evidence.length === 0 || evidence.length < ids.length) return [violation('E5', text, 'rests on nothing')];
  const computed = formula === null ? null : recompute(formula, (id) => snippetOf(evidence, id));
  const grounded = new Set([...evidence.flatMap(({ snippet }) => keysOf(snippet)), ...keysOfNumber(computed)]);
  const foreign = [...numberKeys(text)].filter((key) => !grounded.has(key));
  return [
    ...(formula !== null && typeof computed !== 'number'
      ? [violation('E5', text, `${formula} cannot be computed again`)]
      : []),
    ...foreign.map((key) => violation('E1', text, `${key} stands in none of its evidence`)),
  ];
}

function snippetOf(evidence: readonly Evidence[], id: string): string | undefined {
  return evidence.find((entry) => entry.id === id)?.snippet;
}

/** Filed amounts are kept in hundredths, as printed perhaps in thousands, and written in whole units or with pence. */
function keysOf(snippet: string): string[] {
  const pence = /; pence: (-?\d+)(?:;|$)/.exec(snippet)?.[1];
  if (pence === undefined) return [...numberKeys(snippet)];
  const withoutAmount = snippet.replace(/^text: .*?; (?=(?:scale|sign|unit): )/, '').replace(/; pence: -?\d+/, '');
  return [...numberKeys(withoutAmount), ...keysOfNumber(Number(pence) / 100)];
}

function keysOfNumber(value: number | boolean | null): string[] {
  if (typeof value !== 'number') return [];
  const amount = Math.abs(value);
  return [...numberKeys(`${amount} ${amount.toFixed(2)}`)];
}

function violation(check: Violation['check'], subject: string, detail: string): Violation {
  return { check, section: 'approach', subject, detail };
}
