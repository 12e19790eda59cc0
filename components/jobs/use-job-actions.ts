'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { ApiError, apiFetch } from '@/components/http/api-fetch';
import { newIdempotencyKey } from './idempotency-key';
import { jobKey } from './use-job';

/** Cancel and retry of one job; the job's own display shows the outcome, failures are told at once. */
export function useJobActions(jobId: string, onDone?: () => void) {
  const client = useQueryClient();
  const path = `/api/jobs/${encodeURIComponent(jobId)}`;
  const settled = async () => {
    await client.invalidateQueries({ queryKey: jobKey(jobId) });
    await client.invalidateQueries({ queryKey: ['jobs'] });
    onDone?.();
  };
  const cancel = useMutation({
    mutationFn: () => apiFetch(path, { method: 'DELETE' }),
    onError: tell,
    onSettled: settled,
  });
  const retry = useMutation({
    onMutate: () => cancel.reset(),
    mutationFn: () =>
      apiFetch(`${path}/retry`, { method: 'POST', headers: { 'idempotency-key': newIdempotencyKey() } }),
    onError: tell,
    onSettled: settled,
  });
  return { cancel, retry };
}

function tell(error: Error): void {
  if (error instanceof ApiError) toast.error(error.title, { description: error.detail });
  else toast.error('Something went wrong', { description: 'Nothing was changed. Try again.' });
}
