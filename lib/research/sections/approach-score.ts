import type { CompanyScore, ScoreCap } from '@/lib/scoring/schema';
import type { SectionDraft } from '../draft/section-draft';
import type { Citation } from '../evidence/citations';

type Place = Pick<ScoreCap, 'origin' | 'locator' | 'snippet'>;
type Rule = CompanyScore['components'][number]['rules'][number];

/**
 * The lead score with the evidence of every rule; where too little could be scored it says so instead of a number.
 * @returns what caps it.
 */
export async function stateScore(draft: SectionDraft): Promise<ScoreCap[]> {
  const score = await draft.scoreCompany();
  const places = [...score.components.flatMap(({ rules }) => rules.flatMap(placesOf)), ...score.caps];
  for (const { origin } of places) draft.noteAge(origin.retrievedAt, origin.stale);
  const citations = places.map(toCitation);
  if (citations.length === 0) {
    draft.gap('score', 'not_found', 'There is insufficient evidence for a score.');
  } else {
    draft.state({
      field: 'score',
      value: score.overall ?? 'insufficient evidence',
      unit: score.overall === null ? null : 'points',
      method: 'computed',
      citations,
      formula: () => 'weighted_score(components, caps)',
    });
    draft.state({
      field: 'score_coverage',
      value: Math.round(score.coverage * 100),
      unit: '%',
      method: 'computed',
      citations,
      formula: () => 'score_coverage(components)',
    });
  }
  saveScore(draft, score);
  return score.caps;
}

/** The score as the document holds it: rules name their evidence by id. */
function saveScore(draft: SectionDraft, score: CompanyScore): void {
  draft.setScore({
    overall: score.overall,
    coverage: score.coverage,
    components: score.components.map(({ name, score: points, weight, reachable, not_scored_reason, rules }) => ({
      name,
      score: points,
      weight,
      reachable,
      not_scored_reason,
      rules: rules.map((rule) => toReportRule(draft, rule)),
    })),
    caps: score.caps.map((cap) => ({
      text: cap.text,
      limit: cap.limit,
      evidence: [draft.evidenceId(toCitation(cap))],
    })),
  });
}

function toReportRule(draft: SectionDraft, rule: Rule) {
  const { text, points, computed } = rule;
  const evidence = placesOf(rule).map((place) => draft.evidenceId(toCitation(place)));
  const formula = computed === null ? null : `${computed.name}(${[...evidence, ...computed.dates].join(', ')})`;
  return { text, points, evidence, formula };
}

function placesOf(rule: Rule): Place[] {
  return [rule, ...rule.further];
}

/** What a rule or a cap of the score rests on. */
export function toCitation({ origin, locator, snippet }: Place): Citation {
  return { origin, locator, snippet, basis: 'register', since: origin.retrievedAt };
}
