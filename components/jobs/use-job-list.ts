'use client';

import { useQuery } from '@tanstack/react-query';
import { apiJson } from '@/components/http/api-fetch';
import { isTerminal, type JobListAnswer, jobListSchema } from '@/types/jobs';

const BUSY_INTERVAL_MS = 2000;
const IDLE_INTERVAL_MS = 15_000;

/**
 * A list of jobs that keeps itself up to date with one request for the whole list: often while something runs, now and
 * then otherwise.
 * @param query query string of `GET /api/jobs`, which also names the list.
 */
export function useJobList(query: string, initial: JobListAnswer) {
  return useQuery({
    queryKey: ['jobs', query],
    queryFn: ({ signal }) => apiJson(jobListSchema, `/api/jobs?${query}`, { signal }),
    initialData: initial,
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => {
      if (state.error) return IDLE_INTERVAL_MS;
      return state.data?.items.some((job) => !isTerminal(job.state)) ? BUSY_INTERVAL_MS : IDLE_INTERVAL_MS;
    },
  });
}
