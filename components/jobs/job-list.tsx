'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { apiJson } from '@/components/http/api-fetch';
import { isTerminal } from '@/types/jobs';
import { type JobListAnswer, jobListSchema } from './job-list-answer';
import { JobRow } from './job-row';

const BUSY_INTERVAL_MS = 2000;
const IDLE_INTERVAL_MS = 15_000;

type JobListProps = {
  /** Query string of `GET /api/jobs`, which also names this list. */
  query: string;
  initial: JobListAnswer;
  /** Shown when the list is empty. */
  empty: ReactNode;
};

/** Jobs that keep themselves up to date: often while something runs, now and then otherwise. */
export function JobList({ query, initial, empty }: JobListProps) {
  const jobs = useQuery({
    queryKey: ['jobs', query],
    queryFn: ({ signal }) => apiJson(jobListSchema, `/api/jobs?${query}`, { signal }),
    initialData: initial,
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => {
      if (state.error) return IDLE_INTERVAL_MS;
      return state.data?.items.some((job) => !isTerminal(job.state)) ? BUSY_INTERVAL_MS : IDLE_INTERVAL_MS;
    },
  });
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
