import { Citation } from '@/components/evidence/citation';
import { ScorePanel } from '@/components/scoring/score-panel';
import type { ScoreView } from '@/components/scoring/score-view';
import { SignalItem } from '@/components/signals/signal-item';
import type { ReportScore, ReportSignal } from '@/lib/research/schema';
import { citeEvidence, type ReportIndex } from './report-index';

const NOT_SCORED = 'No evidence for this part in the sources of this report.';

/** The dated signals of a report, newest first. */
export function ReportSignals({ signals, index }: { signals: readonly ReportSignal[]; index: ReportIndex }) {
  if (signals.length === 0) return null;
  const newestFirst = [...signals].sort((a, b) => b.event_date.localeCompare(a.event_date));
  return (
    <ul aria-label="Signals" className="divide-y rounded-lg border bg-surface">
      {newestFirst.map((signal) => (
        <SignalItem
          key={`${signal.type} ${signal.event_date} ${signal.title} ${signal.evidence.join()}`}
          signal={{
            type: signal.type,
            title: signal.title,
            eventDate: signal.event_date,
            confidence: signal.confidence,
            expiresOn: signal.expires_on,
          }}
          evidence={citeEvidence(index, signal.evidence).map((citation) => (
            <Citation key={citation.number} {...citation} />
          ))}
        />
      ))}
    </ul>
  );
}

export function ReportScorePanel({ score, index }: { score: ReportScore; index: ReportIndex }) {
  return (
    <div className="max-w-2xl rounded-lg border bg-surface p-4">
      <ScorePanel score={toScoreView(score, index)} />
    </div>
  );
}

function toScoreView(score: ReportScore, index: ReportIndex): ScoreView {
  const evidenceOf = (ids: readonly string[]) => citeEvidence(index, ids).map(({ evidence }) => evidence);
  return {
    overall: score.overall,
    coverage: score.coverage,
    verdict: null,
    components: score.components.map((component) => ({
      name: component.name,
      score: component.score,
      weight: component.weight,
      reachable: component.reachable,
      reason: component.score === null ? (component.not_scored_reason ?? NOT_SCORED) : null,
      rules: component.rules.map(({ text, points, evidence }) => ({ text, points, evidence: evidenceOf(evidence) })),
    })),
    caps: score.caps.map(({ text, evidence }) => ({ text, evidence: evidenceOf(evidence) })),
  };
}
