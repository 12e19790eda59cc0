'use client';

import type { ReactNode } from 'react';
import { OldList } from '@/components/http/old-list';
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
      {jobs.error && <OldList what="The list" />}
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
