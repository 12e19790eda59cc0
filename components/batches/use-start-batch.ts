'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, apiFetch, readJson } from '@/components/http/api-fetch';
import { newIdempotencyKey } from '@/components/jobs/idempotency-key';
import type { QueueName } from '@/components/jobs/queue-names';
import { type Batch, type BatchFilter, batchAcceptedSchema } from '@/types/batches';

export type BatchRequest = {
  queue: QueueName;
  /** Shown instead of what the batch does; empty for none. */
  name: string;
  /** Either the companies themselves or how to find them. */
  companies: { ids: readonly string[] } | { filter: BatchFilter };
};

/** Starts a batch. Each press has its own key, so that repeating a lost request starts nothing twice. */
export function useStartBatch(onStarted: (batch: Batch) => void) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ request, key }: { request: BatchRequest; key: string }) => start(request, key),
    retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status === 0,
    onSuccess: async (batch) => {
      await client.invalidateQueries({ queryKey: ['batches'] });
      onStarted(batch);
    },
  });
  return {
    pending: mutation.isPending || mutation.isSuccess,
    error: mutation.error,
    start: (request: BatchRequest) => mutation.mutate({ request, key: newIdempotencyKey() }),
    reset: mutation.reset,
  };
}

async function start({ queue, name, companies }: BatchRequest, key: string): Promise<Batch> {
  const body = {
    queue,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...('ids' in companies ? { company_ids: companies.ids } : { filter: companies.filter }),
  };
  const response = await apiFetch('/api/batches', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return (await readJson(batchAcceptedSchema, response)).batch;
}
