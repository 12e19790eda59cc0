import type { CompanyScore } from '@/lib/scoring/schema';
import type { SectionDraft } from '../draft/section-draft';
import type { Citation } from '../evidence/citations';

type Rule = CompanyScore['caps'][number] | CompanyScore['components'][number]['rules'][number];

/** The lead score with the evidence of every rule; where too little could be scored it says so instead of a number. */
export async function stateScore(draft: SectionDraft): Promise<void> {
  const score = await draft.scoreCompany();
  const rules: Rule[] = [...score.components.flatMap((component) => component.rules), ...score.caps];
  for (const { origin } of rules) draft.noteAge(origin.retrievedAt, origin.stale);
  const citations = rules.map(toCitation);
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
  if (score.caps.length > 0) {
    draft.state({
      field: 'score_caps',
      value: score.caps.map(({ text, limit }) => ({ text, limit })),
      method: 'classified',
      citations: score.caps.map(toCitation),
    });
  }
  stateBant(draft, score);
  saveScore(draft, score);
}

function stateBant(draft: SectionDraft, score: CompanyScore): void {
  const bant = score.components.find(({ name }) => name === 'bant');
  if (bant === undefined || bant.rules.length === 0) {
    draft.gap(
      'bant',
      'not_found',
      `${bant?.not_scored_reason?.split(/[:.]/)[0] ?? 'Nothing on the register speaks to it'}.`,
    );
    return;
  }
  draft.state({
    field: 'bant',
    value: bant.rules.map(({ text, points }) => ({ text, points })),
    method: 'classified',
    citations: bant.rules.map(toCitation),
  });
}

/** The score as the document holds it: rules name their evidence by id. */
function saveScore(draft: SectionDraft, score: CompanyScore): void {
  draft.setScore({
    overall: score.overall,
    coverage: score.coverage,
    components: score.components.map(({ name, score: points, weight, rules }) => ({
      name,
      score: points,
      weight,
      rules: rules.map((rule) => ({
        text: rule.text,
        points: rule.points,
        evidence: [draft.evidenceId(toCitation(rule))],
      })),
    })),
    caps: score.caps.map((cap) => ({
      text: cap.text,
      limit: cap.limit,
      evidence: [draft.evidenceId(toCitation(cap))],
    })),
  });
}

function toCitation({ origin, locator, snippet }: Rule): Citation {
  return { origin, locator, snippet, basis: 'register', since: origin.retrievedAt };
}
