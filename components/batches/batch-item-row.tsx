import Link from 'next/link';
import { RelativeTime } from '@/components/format/relative-time';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { BatchItem } from '@/types/batches';
import { describeItem } from './batch-words';
import { OutcomeBadge } from './outcome-badge';

/** What became of one company, and where to read more. */
export function BatchItemRow({ item }: { item: BatchItem }) {
  const name = item.company_name ?? item.company_id;
  const words = describeItem(item);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 md:grid-cols-[6.5rem_minmax(0,3fr)_minmax(0,2fr)_8.5rem] lg:grid-cols-[6.5rem_minmax(0,1fr)_minmax(0,1fr)_8.5rem]">
      <div className="col-start-1 row-start-2 md:row-start-1">
        <OutcomeBadge outcome={item.outcome} />
      </div>
      <div className="col-start-1 row-start-1 min-w-0 md:col-start-2">
        {item.company_name ? (
          <Link
            href={`/companies/${item.company_id}`}
            prefetch={false}
            title={item.company_name}
            className="block truncate rounded-sm font-medium underline-offset-4 hover:underline"
          >
            {item.company_name}
          </Link>
        ) : (
          <span className="block truncate font-medium">{item.company_id}</span>
        )}
        <p className="text-[0.8125rem] text-muted-foreground">
          {item.company_name ? item.company_id : 'Not in the workspace'}
          {item.finished_at && (
            <>
              {', '}
              <RelativeTime value={item.finished_at} title="Ended" />
            </>
          )}
        </p>
      </div>
      <p
        className={cn(
          'col-span-2 row-start-3 text-pretty text-[0.8125rem] text-muted-foreground empty:hidden md:col-span-1 md:col-start-3 md:row-start-1',
          item.outcome === 'failed' && 'text-danger-text',
        )}
      >
        {words}
      </p>
      <div className="col-start-2 row-span-2 row-start-1 flex justify-end gap-1 md:col-start-4 md:row-span-1">
        {item.report_id && (
          <Button asChild size="sm">
            <Link href={`/reports/${item.report_id}`} prefetch={false} aria-label={`Report on ${name}`}>
              Report
            </Link>
          </Button>
        )}
        {item.job_id && (
          <Button asChild size="sm" variant="ghost">
            <Link href={`/jobs/${encodeURIComponent(item.job_id)}`} prefetch={false} aria-label={`Job for ${name}`}>
              Job
            </Link>
          </Button>
        )}
      </div>
    </li>
  );
}
