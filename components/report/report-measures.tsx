import { confidenceBand, formatPercent } from '@/components/format/format-value';
import { ExplainedMeasure } from './explained-measure';

const BANDS = {
  high: { word: 'High', tone: 'success' },
  medium: { word: 'Medium', tone: 'warning' },
  low: { word: 'Low', tone: 'danger' },
} as const;

/** @param coverage, confidence 0 to 1; null while the report is being written. */
export function ReportMeasures({ coverage, confidence }: { coverage: number | null; confidence: number | null }) {
  const band = confidence === null ? null : BANDS[confidenceBand(confidence)];
  return (
    <div className="flex flex-col gap-4 sm:flex-row sm:gap-8">
      <ExplainedMeasure
        name="Coverage"
        share={coverage}
        text={coverage === null ? 'not known yet' : formatPercent(coverage)}
        tone="accent"
        explanation="The share of the report's required fields that could be answered. What is missing is listed under “What we could not find”. It says nothing about whether the answers are right."
      />
      <ExplainedMeasure
        name="Confidence"
        share={confidence}
        text={confidence === null || band === null ? 'not known yet' : `${band.word}, ${formatPercent(confidence)}`}
        tone={band?.tone ?? 'accent'}
        explanation="How far the answers that were found can be trusted: how reliable the sources are, how surely they speak of this company, and how old they are. High is 80% and up, medium 55% and up."
      />
    </div>
  );
}
