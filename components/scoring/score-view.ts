import type { EvidenceView } from '@/components/evidence/evidence-card';
import type { CompanyScore, ScoreRule } from '@/lib/scoring/schema';

/** A score ready to be drawn, whether it comes from the scoring queue or from a report. */
export type ScoreView = {
  overall: number | null;
  coverage: number;
  verdict: string | null;
  components: readonly ScoreComponentView[];
  caps: readonly ScoreReason[];
};
export type ScoreComponentView = {
  name: string;
  score: number | null;
  weight: number;
  reason: string | null;
  rules: readonly (ScoreReason & { points: number })[];
};
export type ScoreReason = { text: string; evidence: readonly EvidenceView[] };

const NAMES: Readonly<Record<string, string>> = {
  financial: 'Financial health',
  growth: 'Growth',
  industry: 'Industry fit',
  technology: 'Technology fit',
  engagement: 'Engagement',
  bant: 'Budget, authority, need, timing',
};

export function componentName(name: string): string {
  return NAMES[name] ?? name;
}

export function toScoreView(score: CompanyScore): ScoreView {
  return {
    overall: score.overall,
    coverage: score.coverage,
    verdict: score.verdict,
    components: score.components.map((component) => ({
      name: component.name,
      score: component.score,
      weight: component.weight,
      reason: component.not_scored_reason,
      rules: component.rules.map((rule) => ({ text: rule.text, points: rule.points, evidence: [toEvidence(rule)] })),
    })),
    caps: score.caps.map((cap) => ({ text: cap.text, evidence: [toEvidence(cap)] })),
  };
}

function toEvidence({ origin, locator, snippet }: Pick<ScoreRule, 'origin' | 'locator' | 'snippet'>): EvidenceView {
  return {
    title: origin.title,
    url: origin.url,
    retrievedAt: origin.retrievedAt,
    publishedAt: origin.publishedAt,
    reliability: origin.reliability,
    stale: origin.stale,
    excerpts: [{ snippet, locator }],
  };
}
