'use client';

import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError, apiFetch, readJson } from '@/components/http/api-fetch';
import { isTerminal } from '@/types/jobs';
import { type JobAnswer, jobAnswerSchema } from './job-answer';
import { acceptNews, type FollowedJob, versionOfEtag } from './live/followed-job';
import { type Following, jobFeeds } from './live/job-feeds';

const DEFAULT_INTERVAL_MS = 2000;
const LONGEST_INTERVAL_MS = 30_000;
/** Two heartbeats of the event stream without news: a poll, which costs nothing when nothing changed, makes sure. */
const CHECK_INTERVAL_MS = 30_000;

export type JobFollowing = { answer: JobAnswer | undefined; error: Error | null };

export const jobKey = (jobId: string) => ['job', jobId] as const;

/**
 * Follows one job until it ends: over the event stream, which all tabs share, and by polling at the pace the server asks
 * for while there is none. Slows down while the server does not answer, and catches up when the page is looked at again.
 * What is shown never grows older.
 * @param onEnd called once when the job is seen to have ended, also when it had before the first look.
 */
export function useJob(jobId: string, onEnd?: (answer: JobAnswer) => void): JobFollowing {
  const client = useQueryClient();
  const key = jobKey(jobId);
  const failures = useRef(0);
  const following = useRef<Following | null>(null);
  const [live, setLive] = useState(false);
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const shown = () => client.getQueryData<FollowedJob>(key) ?? null;
      try {
        const looked = await readJob(jobId, shown(), signal);
        failures.current = 0;
        following.current?.noteLook(looked.version);
        return acceptNews(shown(), looked);
      } catch (error) {
        failures.current += 1;
        throw error;
      }
    },
    staleTime: 0,
    refetchOnWindowFocus: ({ state }) => !hasEnded(state.data),
    refetchInterval: ({ state }) => {
      if (hasEnded(state.data)) return false;
      if (state.error instanceof ApiError && [401, 404].includes(state.error.status)) return false;
      if (live) return CHECK_INTERVAL_MS;
      const pace = state.data?.answer.poll_interval_ms ?? DEFAULT_INTERVAL_MS;
      return Math.min(pace * 2 ** failures.current, LONGEST_INTERVAL_MS);
    },
  });
  useFeed({ jobId, following, onLive: setLive, enabled: query.data !== undefined && !hasEnded(query.data) });
  useEndOfJob(query.data?.answer, onEnd);
  return { answer: query.data?.answer, error: query.error };
}

type FeedUse = {
  jobId: string;
  /** Set while the stream is followed. */
  following: { current: Following | null };
  onLive: (live: boolean) => void;
  enabled: boolean;
};

/** Brings what the job's stream tells to where the polls' answers are kept. */
function useFeed({ jobId, following, onLive, enabled }: FeedUse): void {
  const client = useQueryClient();
  useEffect(() => {
    const feeds = enabled ? jobFeeds() : null;
    if (!feeds) return;
    const queryKey: QueryKey = jobKey(jobId);
    following.current = feeds.follow(jobId, {
      onLive,
      onNews: (news) => client.setQueryData<FollowedJob>(queryKey, (shown) => acceptNews(shown ?? null, news)),
      onLook: () => void client.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false }),
    });
    return () => {
      following.current?.leave();
      following.current = null;
      onLive(false);
    };
  }, [client, jobId, following, onLive, enabled]);
}

function hasEnded(job: FollowedJob | undefined): boolean {
  return job !== undefined && isTerminal(job.answer.job.status);
}

async function readJob(jobId: string, known: FollowedJob | null, signal: AbortSignal): Promise<FollowedJob> {
  const headers: HeadersInit = known?.etag ? { 'if-none-match': known.etag } : {};
  const response = await apiFetch(`/api/jobs/${encodeURIComponent(jobId)}`, { headers, signal });
  if (response.status === 304 && known) return known;
  const etag = response.headers.get('etag');
  const version = versionOfEtag(etag) ?? known?.version ?? 0;
  return { answer: await readJson(jobAnswerSchema, response), version, etag };
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
