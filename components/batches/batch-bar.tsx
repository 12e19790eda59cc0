import { formatNumber } from '@/components/format/format-value';
import { cn } from '@/components/ui/cn';
import type { Batch, BatchOutcome } from '@/types/batches';
import { OUTCOME_WORDS } from './batch-words';

/** What is settled comes first, so that the bar fills from the left. */
const ORDER: readonly BatchOutcome[] = ['completed', 'skipped', 'failed', 'cancelled', 'active', 'queued', 'pending'];

const COLOURS: Record<BatchOutcome, string> = {
  completed: 'bg-success-solid',
  skipped: 'bg-success-solid/45',
  failed: 'bg-danger-solid',
  cancelled: 'bg-border-strong',
  active: 'bg-accent',
  queued: 'bg-accent/45',
  pending: 'bg-border',
};

/** How many companies of a batch are where: a bar in parts, with the numbers in words below. */
export function BatchBar({ batch: { counts, total, progress } }: { batch: Batch }) {
  const known = ORDER.reduce((sum, outcome) => sum + counts[outcome], 0);
  const whole = Math.max(total ?? known, known, 1);
  const parts = ORDER.filter((outcome) => counts[outcome] > 0);
  return (
    <div className="flex flex-col gap-3">
      <div
        role="progressbar"
        aria-label="Companies with an outcome, percent"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={progress}
        className="flex h-2.5 w-full gap-px overflow-hidden rounded-full bg-border"
      >
        {parts.map((outcome) => (
          <div
            key={outcome}
            className={cn('min-w-0.5 transition-[width] duration-500 ease-out', COLOURS[outcome])}
            style={{ width: `${(100 * counts[outcome]) / whole}%` }}
          />
        ))}
      </div>
      <dl className="flex flex-wrap gap-x-5 gap-y-1.5 text-[0.8125rem]">
        {parts.map((outcome) => (
          <div key={outcome} className="flex items-center gap-1.5">
            <span aria-hidden className={cn('size-2.5 rounded-sm', COLOURS[outcome])} />
            <dt className="text-muted-foreground">{OUTCOME_WORDS[outcome]}</dt>
            <dd className="font-medium">{formatNumber(counts[outcome])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
