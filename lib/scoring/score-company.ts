import { readRegister } from '@/lib/companies/register/register';
import type { JobContext } from '@/lib/queue/job-context';
import type { DetectedSignal } from '@/lib/signals/schema';
import { keptWhereCostly, type SourceId } from '@/lib/sources/registry';
import { findCaps } from './caps';
import type { Component, Scoring } from './component';
import { COMPONENTS } from './components';
import type { CompanyScore, ScoreCap, ScoreComponent } from './schema';
import { MIN_COVERAGE, WEIGHTS } from './weights';

/** Read beside the register. What is costly is looked up among what is kept: a score asks no web site. */
const OTHER_SOURCES: readonly SourceId[] = ['accounts.figures', 'job_boards.roles'];

export type ScoringContext = Pick<JobContext, 'sources' | 'now' | 'signal'>;

/**
 * Scores a company as a lead, 0 to 100, from explicit rules that each carry their evidence.
 *
 * `overall = sum(weight * score) / sum(weight)` over the components that have evidence, limited by the lowest cap.
 * Where those components make up less than half of the weights there is no number; a company that no longer exists
 * is 0 all the same. The same answers and the same day give the same score: one that is asked for alone looks at the same
 * evidence as the one in a report, as far as it is kept.
 * @param input.signals of the past year, newest first, as the caller detected them.
 * @throws the reason of `ctx.signal`, and AppError `provider_rate_limited` from the sources.
 */
export async function scoreCompany(
  ctx: ScoringContext,
  input: { companyNumber: string; signals: readonly DetectedSignal[] },
): Promise<CompanyScore> {
  const within = { signal: ctx.signal, sources: keptWhereCostly(ctx.sources) };
  const register = await readRegister(within, input.companyNumber, () => true, OTHER_SOURCES);
  const scoring: Scoring = { register, signals: input.signals, today: ctx.now().toISOString().slice(0, 10) };
  const components = COMPONENTS.map((component) => evaluate(component, scoring));
  const caps = findCaps(scoring);
  const coverage = round(sum(components.map(({ score, weight }) => (score === null ? 0 : weight))));
  const overall = overallOf(components, coverage, caps);
  return { overall, coverage, components, caps, verdict: verdictOf(overall, caps) };
}

function evaluate(component: Component, scoring: Scoring): ScoreComponent {
  const { name } = component;
  const weight = WEIGHTS[name];
  const result = component.evaluate(scoring);
  if ('notScored' in result) return notScored(name, weight, result.notScored);
  const reachable = result.reachable ?? sum(result.rules.map(({ most }) => most));
  if (reachable === 0) return notScored(name, weight, 'Nothing that was read can be judged.');
  const points = sum(result.rules.map((rule) => rule.points));
  const rules = result.rules.map(({ most: _, ...rule }) => rule);
  const score = Math.min(100, Math.max(0, Math.round((points / reachable) * 100)));
  return { name, score, weight, reachable, not_scored_reason: null, rules };
}

function notScored(name: ScoreComponent['name'], weight: number, reason: string): ScoreComponent {
  return { name, score: null, weight, reachable: 0, not_scored_reason: reason, rules: [] };
}

function overallOf(components: readonly ScoreComponent[], coverage: number, caps: readonly ScoreCap[]): number | null {
  const limit = Math.min(100, ...caps.map((cap) => cap.limit));
  if (limit === 0) return 0;
  if (coverage < MIN_COVERAGE) return null;
  const weighted = sum(components.map(({ score, weight }) => (score ?? 0) * weight));
  return Math.min(limit, Math.round(weighted / coverage));
}

function verdictOf(overall: number | null, caps: readonly ScoreCap[]): string {
  if (caps.some(({ limit }) => limit === 0)) return 'do not contact';
  if (overall === null) return 'insufficient evidence';
  if (overall >= 70) return 'strong lead';
  return overall >= 45 ? 'promising lead' : 'weak lead';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Weights are hundredths; adding them up must not leave 0.5499999. */
function round(share: number): number {
  return Math.round(share * 100) / 100;
}
