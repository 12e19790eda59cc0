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
  /** The score is the points of the rules in percent of this. */
  reachable: number;
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
      reachable: component.reachable,
      reason: component.not_scored_reason,
      rules: component.rules.map((rule) => ({
        text: rule.text,
        points: rule.points,
        evidence: byPage([rule, ...rule.further].map(toEvidence)),
      })),
    })),
    caps: score.caps.map((cap) => ({ text: cap.text, evidence: [toEvidence(cap)] })),
  };
}

/** Two places of one page are shown together. */
function byPage(evidence: readonly EvidenceView[]): EvidenceView[] {
  const pages = new Map<string, EvidenceView>();
  for (const view of evidence) {
    const excerpts = [...(pages.get(view.url)?.excerpts ?? []), ...view.excerpts];
    pages.set(view.url, { ...view, excerpts });
  }
  return [...pages.values()];
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
