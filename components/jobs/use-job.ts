'use client';

import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ApiError, apiFetch, readJson } from '@/components/http/api-fetch';
import { isTerminal } from '@/types/jobs';
import { type JobAnswer, jobAnswerSchema } from './job-answer';

const DEFAULT_INTERVAL_MS = 2000;
const LONGEST_INTERVAL_MS = 30_000;

type Followed = { answer: JobAnswer; etag: string | null };
export type FollowedJob = Pick<UseQueryResult<Followed>, 'error' | 'fetchStatus'> & {
  answer: JobAnswer | undefined;
  /** Asks at once, after a cancel or retry. */
  refresh: () => Promise<unknown>;
};

export const jobKey = (jobId: string) => ['job', jobId] as const;

/**
 * Follows one job until it ends: polls at the pace the server asks for, costs nothing when nothing changed (ETag),
 * slows down while the server does not answer, and catches up when the page is looked at again.
 * @param onEnd called once when the job is seen to have ended, also when it had before the first look.
 */
export function useJob(jobId: string, onEnd?: (answer: JobAnswer) => void): FollowedJob {
  const client = useQueryClient();
  const failures = useRef(0);
  const query = useQuery({
    queryKey: jobKey(jobId),
    queryFn: async ({ signal }) => {
      try {
        const known = client.getQueryData<Followed>(jobKey(jobId));
        const followed = await readJob(jobId, known, signal);
        failures.current = 0;
        return followed;
      } catch (error) {
        failures.current += 1;
        throw error;
      }
    },
    staleTime: 0,
    refetchOnWindowFocus: ({ state }) => state.data === undefined || !isTerminal(state.data.answer.job.status),
    refetchInterval: ({ state }) => {
      if (state.data && isTerminal(state.data.answer.job.status)) return false;
      if (state.error instanceof ApiError && [401, 404].includes(state.error.status)) return false;
      const pace = state.data?.answer.poll_interval_ms ?? DEFAULT_INTERVAL_MS;
      return Math.min(pace * 2 ** failures.current, LONGEST_INTERVAL_MS);
    },
  });
  useEndOfJob(query.data?.answer, onEnd);
  return { answer: query.data?.answer, error: query.error, fetchStatus: query.fetchStatus, refresh: query.refetch };
}

async function readJob(jobId: string, known: Followed | undefined, signal: AbortSignal): Promise<Followed> {
  const headers: HeadersInit = known?.etag ? { 'if-none-match': known.etag } : {};
  const response = await apiFetch(`/api/jobs/${encodeURIComponent(jobId)}`, { headers, signal });
  if (response.status === 304 && known) return known;
  return { answer: await readJson(jobAnswerSchema, response), etag: response.headers.get('etag') };
}

function useEndOfJob(answer: JobAnswer | undefined, onEnd: ((answer: JobAnswer) => void) | undefined): void {
  const told = useRef(false);
  const latest = useRef(onEnd);
  useEffect(() => {
    latest.current = onEnd;
  });
  useEffect(() => {
    if (!answer) return;
    if (!isTerminal(answer.job.status)) {
      told.current = false;
    } else if (!told.current) {
      told.current = true;
      latest.current?.(answer);
    }
  }, [answer]);
}
