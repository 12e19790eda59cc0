'use client';

import { formatDuration, formatExact, formatNumber } from '@/components/format/format-value';
import { useNow } from '@/components/format/use-now';
import { ConnectionNote } from '@/components/jobs/job-progress-states';
import { type Batch, isBatchEnded } from '@/types/batches';
import { BatchBar } from './batch-bar';
import { BatchStatusBadge } from './batch-status-badge';
import { describeBatch } from './batch-words';

/** How far a batch is, why it waits, and when it will probably be done. */
export function BatchProgress({ batch, error }: { batch: Batch; error: Error | null }) {
  const over = isBatchEnded(batch.status);
  return (
    <section aria-label="Progress of the batch" className="flex flex-col gap-3 rounded-lg border bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <BatchStatusBadge batch={batch} />
        {batch.status !== 'cancelled' && <span className="font-medium">{batch.progress}%</span>}
        <span className="text-muted-foreground">
          {formatNumber(settled(batch))} of{' '}
          {batch.total === null ? 'a number being counted' : formatNumber(batch.total)}
        </span>
        <Remaining batch={batch} />
      </div>
      <BatchBar batch={batch} />
      <p aria-live="polite" className="text-pretty text-muted-foreground">
        {describeBatch(batch)}
      </p>
      <ConnectionNote error={error} over={over} />
    </section>
  );
}

function settled({ counts }: Batch): number {
  return counts.completed + counts.skipped + counts.failed + counts.cancelled;
}

function Remaining({ batch }: { batch: Batch }) {
  const now = useNow(isBatchEnded(batch.status) ? null : 1000);
  if (batch.started_at && batch.finished_at) {
    const took = Date.parse(batch.finished_at) - Date.parse(batch.started_at);
    return <span className="ml-auto text-[0.8125rem] text-muted-foreground">took {formatDuration(took)}</span>;
  }
  const left = batch.estimated_completion ? Date.parse(batch.estimated_completion) - now : 0;
  if (!batch.estimated_completion || left <= 1000) return null;
  return (
    <span
      className="ml-auto text-[0.8125rem] text-muted-foreground"
      title={`Probably done: ${formatExact(batch.estimated_completion)}`}
      suppressHydrationWarning
    >
      about {formatDuration(left)} left
    </span>
  );
}
