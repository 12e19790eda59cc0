import { GitCompareArrows } from 'lucide-react';
import { formatDate } from '@/components/format/format-value';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import type { ReportComparison } from '@/lib/research/compare-reports';
import type { ReportDocument, ReportSignal } from '@/lib/research/schema';
import { indexReport, type ReportIndex } from '../report-index';
import { ChangeRow } from './change-row';

type ComparisonViewProps = { comparison: ReportComparison; earlier: ReportDocument; later: ReportDocument };

/** Everything that changed between two reports, each side with its own sources. */
export function ComparisonView({ comparison, earlier, later }: ComparisonViewProps) {
  const { sections, signals } = comparison;
  const sides = { before: indexReport(earlier), after: indexReport(later) };
  const dates = { before: formatDate(earlier.report.generated_at), after: formatDate(later.report.generated_at) };
  if (sections.length === 0 && signals.added.length === 0 && signals.gone.length === 0) {
    return (
      <EmptyState icon={GitCompareArrows} title="Nothing changed">
        All {comparison.unchanged} fields say the same in both reports ({dates.before} and {dates.after}).
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-8">
      <p className="max-w-[72ch] text-muted-foreground">
        {summaryOf(comparison)} Facts are compared, and why facts are missing; wording and advice are not.
      </p>
      {sections.map(({ id, title, changes }) => (
        <section key={id} aria-labelledby={`${id}-changes`} className="flex flex-col gap-3">
          <h2 id={`${id}-changes`} className="font-semibold text-lg tracking-tight">
            {title}
          </h2>
          <ul className="divide-y rounded-lg border bg-surface">
            {changes.map((change) => (
              <ChangeRow key={change.field} change={change} sides={sides} dates={dates} />
            ))}
          </ul>
        </section>
      ))}
      <SignalChanges signals={signals} />
    </div>
  );
}

/** Both reports by their ids. */
export type Sides = { before: ReportIndex; after: ReportIndex };

function summaryOf({ sections, unchanged }: ReportComparison): string {
  const changed = sections.reduce((sum, { changes }) => sum + changes.length, 0);
  return `${changed} ${changed === 1 ? 'field differs' : 'fields differ'}, ${unchanged} say the same.`;
}

function SignalChanges({ signals: { added, gone } }: { signals: ReportComparison['signals'] }) {
  if (added.length === 0 && gone.length === 0) return null;
  return (
    <section aria-labelledby="signal-changes" className="flex flex-col gap-3">
      <h2 id="signal-changes" className="font-semibold text-lg tracking-tight">
        Buying signals
      </h2>
      <ul className="divide-y rounded-lg border bg-surface">
        {added.map((signal) => (
          <SignalRow key={keyOf(signal)} signal={signal} isNew />
        ))}
        {gone.map((signal) => (
          <SignalRow key={keyOf(signal)} signal={signal} isNew={false} />
        ))}
      </ul>
    </section>
  );
}

function SignalRow({ signal, isNew }: { signal: ReportSignal; isNew: boolean }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-3 text-sm">
      <Badge tone={isNew ? 'success' : 'neutral'}>{isNew ? 'New' : 'No longer shown'}</Badge>
      <span>{signal.title}</span>
      <span className="text-muted-foreground">{formatDate(signal.event_date)}</span>
    </li>
  );
}

function keyOf({ type, event_date, title }: ReportSignal): string {
  return `${type} ${event_date} ${title}`;
}
