'use client';

import type { ReactNode } from 'react';
import type { JobListAnswer } from '@/types/jobs';
import { JobRow } from './job-row';
import { useJobList } from './use-job-list';

type JobListProps = {
  /** Query string of `GET /api/jobs`, which also names this list. */
  query: string;
  initial: JobListAnswer;
  /** Shown when the list is empty. */
  empty: ReactNode;
};

/** Jobs that keep themselves up to date: often while something runs, now and then otherwise. */
export function JobList({ query, initial, empty }: JobListProps) {
  const jobs = useJobList(query, initial);
  return (
    <>
      {jobs.error && (
        <p role="status" className="border-b bg-warning-soft px-4 py-2 text-[0.8125rem] text-warning-text">
          The list may be out of date: the server does not answer just now. Asking again shortly.
        </p>
      )}
      {jobs.data.items.length === 0 ? (
        empty
      ) : (
        <ul aria-label="Jobs" className="divide-y">
          {jobs.data.items.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
      )}
    </>
  );
}
