'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { isTerminal, type JobListItem } from '@/types/jobs';
import { queueTitle } from './queue-names';
import type { useJobActions } from './use-job-actions';

type JobRowActionProps = { job: JobListItem; actions: ReturnType<typeof useJobActions>; cancelling: boolean };

/** The one thing to do with a job next: stop it, try it again, or open what it left. */
export function JobRowAction({ job, actions: { cancel, retry }, cancelling }: JobRowActionProps) {
  const what = `${queueTitle(job.queue).toLowerCase()} of ${job.company_name ?? job.company_id ?? 'a company'}`;
  if (!isTerminal(job.state)) {
    return (
      <Button size="sm" pending={cancelling} onClick={() => cancel.mutate()} aria-label={`Cancel ${what}`}>
        {cancelling ? 'Cancelling' : 'Cancel'}
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
