'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { ApiError, apiFetch, readJson } from '@/components/http/api-fetch';
import { newIdempotencyKey } from './idempotency-key';
import { QUEUE_WORDS, type QueueName } from './queue-names';
import { QUOTA_KEY } from './use-quota';

/** The answers to a start: accepted (202), or 200 with something that is already there or was done at once. */
const startedSchema = z.object({
  job_id: z.string().nullish(),
  job: z.object({ id: z.string() }).nullish(),
  cached: z.boolean().nullish(),
  report_id: z.string().nullish(),
});

export type Started = {
  /** Null when nothing had to be started. */
  jobId: string | null;
  /** A report young enough to be used as it is. */
  cachedReportId: string | null;
  reportId: string | null;
};
/** What a report should put first; only research takes it. */
export type ResearchWishes = { focus_areas?: string[]; user_context?: string };
type Press = { force: boolean; wishes: ResearchWishes; key: string };

/** Both are told what was wished for, so that another try wishes the same. */
type StartOptions = {
  onStarted: (started: Started, wishes: ResearchWishes) => void;
  onFailed: (error: Error, wishes: ResearchWishes) => void;
};

/** Starts work on one company. Each press has its own key, so that repeating a lost request starts nothing twice. */
export function useStartJob(companyId: string, queue: QueueName, { onStarted, onFailed }: StartOptions) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (press: Press) => start(companyId, queue, press),
    retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status === 0,
    onSuccess: (started, { wishes }) => onStarted(started, wishes),
    onError: (error, { wishes }) => onFailed(error, wishes),
    onSettled: () => client.invalidateQueries({ queryKey: QUOTA_KEY }),
  });
  return {
    pending: mutation.isPending,
    press: ({ force = false, wishes = {} }: { force?: boolean; wishes?: ResearchWishes } = {}) =>
      mutation.mutate({ force, wishes, key: newIdempotencyKey() }),
  };
}

async function start(companyId: string, queue: QueueName, { force, wishes, key }: Press): Promise<Started> {
  const path = `/api/${QUEUE_WORDS[queue].path}/${encodeURIComponent(companyId)}${force ? '?force_refresh=true' : ''}`;
  const response = await apiFetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(wishes),
  });
  const body = await readJson(startedSchema, response);
  return {
    jobId: body.job_id ?? body.job?.id ?? null,
    cachedReportId: body.cached ? (body.report_id ?? null) : null,
    reportId: body.report_id ?? null,
  };
}
