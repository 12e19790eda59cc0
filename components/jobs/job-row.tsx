'use client';

import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import { LinkHint } from '@/components/ui/link-hint';
import type { JobListItem } from '@/types/jobs';
import { isTerminal } from '@/types/jobs';
import { JobRowAction } from './job-row-action';
import { JobTiming } from './job-row-timing';
import { JobStateBadge } from './job-state-badge';
import { describeRow } from './job-words';
import { queueTitle } from './queue-names';
import { useJobActions } from './use-job-actions';

/** One job of a list: what it is, how it stands and why, and what can be done about it. */
export function JobRow({ job }: { job: JobListItem }) {
  const actions = useJobActions(job.id);
  const { cancel } = actions;
  // From the press on, until the list has the end of it.
  const cancelling = !isTerminal(job.state) && (cancel.isPending || cancel.isSuccess || job.cancelling === true);
  const note = describeRow(job);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-3 md:grid-cols-[8.5rem_minmax(0,1fr)_12rem_10rem]">
      <div className="col-start-1 row-start-2 md:row-start-1">
        <JobStateBadge state={job.state} cancelling={cancelling} />
      </div>
      <div className="col-start-1 row-start-1 min-w-0 md:col-start-2">
        <Link
          href={`/jobs/${encodeURIComponent(job.id)}`}
          prefetch={false}
          className="relative flex items-center rounded-sm underline-offset-4 hover:underline"
        >
          <span className="truncate font-medium">{job.company_name ?? job.company_id ?? 'A company'}</span>
          <LinkHint />
        </Link>
        <p className="truncate text-[0.8125rem] text-muted-foreground">
          {queueTitle(job.queue)}
          {job.attempt > 1 && `, attempt ${job.attempt} of ${job.max_attempts}`}
        </p>
      </div>
      <div className="col-span-2 row-start-3 text-[0.8125rem] text-muted-foreground md:col-span-1 md:row-start-1">
        <JobTiming job={job} />
      </div>
      <div className="col-start-2 row-span-2 row-start-1 flex justify-end gap-2 md:col-start-4 md:row-span-1">
        <JobRowAction job={job} actions={actions} cancelling={cancelling} />
      </div>
      {note && (
        <p
          className={cn(
            'col-span-full row-start-4 text-pretty text-[0.8125rem] text-muted-foreground md:col-start-2 md:row-start-2',
            job.state === 'failed' && 'text-danger-text',
            (job.state === 'delayed' || job.stale) && 'text-warning-text',
          )}
        >
          {note}
        </p>
      )}
    </li>
  );
}
