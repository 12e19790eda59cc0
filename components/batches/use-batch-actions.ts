'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { ApiError, apiFetch } from '@/components/http/api-fetch';
import { newIdempotencyKey } from '@/components/jobs/idempotency-key';

/** Cancel and retry of one batch; the batch's own display shows the outcome, failures are told at once. */
export function useBatchActions(batchId: string) {
  const client = useQueryClient();
  const path = `/api/batches/${encodeURIComponent(batchId)}`;
  const onSettled = () =>
    Promise.all(['batch', 'batches', 'batch-items'].map((first) => client.invalidateQueries({ queryKey: [first] })));
  const cancel = useMutation({
    mutationFn: () => apiFetch(path, { method: 'DELETE' }),
    onError: tell,
    onSettled,
  });
  const retry = useMutation({
    mutationFn: () =>
      apiFetch(`${path}/retry`, { method: 'POST', headers: { 'idempotency-key': newIdempotencyKey() } }),
    onError: tell,
    onSettled,
  });
  return { cancel, retry };
}

function tell(error: Error): void {
  if (error instanceof ApiError) toast.error(error.title, { description: error.detail });
  else toast.error('Something went wrong', { description: 'Nothing was changed. Try again.' });
}
