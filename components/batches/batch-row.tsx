import Link from 'next/link';
import { RelativeTime } from '@/components/format/relative-time';
import { queueTitle } from '@/components/jobs/queue-names';
import { LinkHint } from '@/components/ui/link-hint';
import { Progress } from '@/components/ui/progress';
import { type Batch, isBatchEnded } from '@/types/batches';
import { BatchStatusBadge } from './batch-status-badge';
import { batchTitle, countCompanies, describeCounts } from './batch-words';

/** One batch of the list; the row leads to it. */
export function BatchRow({ batch }: { batch: Batch }) {
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-3 transition-colors hover:bg-muted md:grid-cols-[10.5rem_minmax(0,1fr)_14rem_9rem]">
      <div className="col-start-1 row-start-2 md:row-start-1">
        <BatchStatusBadge batch={batch} />
      </div>
      <div className="col-span-2 row-start-1 min-w-0 md:col-span-1 md:col-start-2">
        <Link
          href={`/batches/${batch.id}`}
          prefetch={false}
          className="flex font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-sm focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          <span className="min-w-0 truncate">{batchTitle(batch)}</span>
          <LinkHint />
        </Link>
        <p className="truncate text-[0.8125rem] text-muted-foreground">{describeSize(batch)}</p>
      </div>
      <div className="col-span-2 row-start-3 md:col-span-1 md:row-start-1">
        {isBatchEnded(batch.status) ? (
          <p className="text-[0.8125rem] text-muted-foreground">{describeCounts(batch.counts)}</p>
        ) : (
          <span className="flex items-center gap-3">
            <Progress value={batch.progress} label={`${batchTitle(batch)}, percent done`} />
            <span className="w-9 shrink-0 text-right text-xs">{batch.progress}%</span>
          </span>
        )}
      </div>
      <div className="col-start-2 row-start-2 text-right text-[0.8125rem] text-muted-foreground md:col-start-4 md:row-start-1">
        <RelativeTime value={batch.finished_at ?? batch.created_at} title={batch.finished_at ? 'Ended' : 'Requested'} />
      </div>
    </li>
  );
}

/** What the title does not say. */
function describeSize({ name, queue, filter, total }: Batch): string {
  const size = total === null ? 'being counted' : countCompanies(total);
  if (name) return `${queueTitle(queue)}, ${size}`;
  return filter ? size : 'A list of company numbers';
}
