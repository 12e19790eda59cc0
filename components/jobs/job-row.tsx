'use client';

import Link from 'next/link';
import { formatDuration } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { Button } from '@/components/ui/button';
import { LinkHint } from '@/components/ui/link-hint';
import { Progress } from '@/components/ui/progress';
import type { JobSummary } from '@/types/jobs';
import { isTerminal } from '@/types/jobs';
import { JobStateBadge } from './job-state-badge';
import { queueTitle } from './queue-names';
import { useJobActions } from './use-job-actions';

export function JobRow({ job }: { job: JobSummary }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-3 md:grid-cols-[8.5rem_minmax(0,1fr)_12rem_10rem]">
      <div className="col-start-1 row-start-2 md:row-start-1">
        <JobStateBadge state={job.state} />
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
        <p className="truncate text-[0.8125rem] text-muted-foreground">{queueTitle(job.queue)}</p>
      </div>
      <div className="col-span-2 row-start-3 text-[0.8125rem] text-muted-foreground md:col-span-1 md:row-start-1">
        <JobTiming job={job} />
      </div>
      <div className="col-start-2 row-span-2 row-start-1 flex justify-end gap-2 md:col-start-4 md:row-span-1">
        <RowAction job={job} />
      </div>
      {job.error && job.state !== 'completed' && (
        <p className="col-span-full row-start-4 text-pretty text-[0.8125rem] text-danger-text md:col-start-2 md:row-start-2">
          {job.error.message}
        </p>
      )}
    </li>
  );
}

function JobTiming({ job }: { job: JobSummary }) {
  if (job.state === 'active') {
    return (
      <span className="flex items-center gap-3">
        <Progress value={job.progress} label={`${queueTitle(job.queue)}, percent done`} />
        <span className="w-9 shrink-0 text-right text-foreground text-xs">{Math.round(job.progress)}%</span>
      </span>
    );
  }
  const took = job.started_at && job.finished_at ? Date.parse(job.finished_at) - Date.parse(job.started_at) : null;
  return (
    <>
      <RelativeTime value={job.finished_at ?? job.created_at} title={job.finished_at ? 'Ended' : 'Requested'} />
      {took !== null && took >= 0 && `, took ${formatDuration(took)}`}
    </>
  );
}

function RowAction({ job }: { job: JobSummary }) {
  const { cancel, retry } = useJobActions(job.id);
  const what = `${queueTitle(job.queue).toLowerCase()} of ${job.company_name ?? job.company_id ?? 'a company'}`;
  if (!isTerminal(job.state)) {
    return (
      <Button size="sm" pending={cancel.isPending} onClick={() => cancel.mutate()} aria-label={`Cancel ${what}`}>
        Cancel
      </Button>
    );
  }
  if (job.state !== 'completed') {
    return (
      <Button size="sm" pending={retry.isPending} onClick={() => retry.mutate()} aria-label={`Try ${what} again`}>
        Try again
      </Button>
    );
  }
  if (job.report_id) {
    return (
      <Button asChild size="sm">
        <Link href={`/reports/${job.report_id}`} prefetch={false} aria-label={`Open the report: ${what}`}>
          Open report
        </Link>
      </Button>
    );
  }
  return job.company_id ? (
    <Button asChild size="sm" variant="ghost">
      <Link href={`/companies/${job.company_id}`} prefetch={false} aria-label={`Open the company: ${what}`}>
        Open company
      </Link>
    </Button>
  ) : null;
}
