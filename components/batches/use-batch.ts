'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, apiFetch, readJson } from '@/components/http/api-fetch';
import { type Batch, batchAnswerSchema, isBatchEnded } from '@/types/batches';

const INTERVAL_MS = 2_000;
const AFTER_ERROR_MS = 10_000;

type Read = { batch: Batch; etag: string | null };

export const batchKey = (batchId: string) => ['batch', batchId] as const;

/** Follows one batch until it ends; an unchanged one costs nothing (ETag), and nothing older replaces what is shown. */
export function useBatch(batchId: string, initial: Batch) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: batchKey(batchId),
    queryFn: async ({ signal }): Promise<Read> => {
      const read = await readBatch(batchId, client.getQueryData<Read>(batchKey(batchId)), signal);
      const shown = client.getQueryData<Read>(batchKey(batchId));
      return shown && shown.batch.version > read.batch.version ? shown : read;
    },
    initialData: { batch: initial, etag: null },
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => {
      if (state.error instanceof ApiError && [401, 404].includes(state.error.status)) return false;
      if (state.error) return AFTER_ERROR_MS;
      return isBatchEnded((state.data?.batch ?? initial).status) ? false : INTERVAL_MS;
    },
  });
  return { batch: query.data.batch, error: query.error };
}

async function readBatch(batchId: string, known: Read | undefined, signal: AbortSignal): Promise<Read> {
  const headers: HeadersInit = known?.etag ? { 'if-none-match': known.etag } : {};
  const response = await apiFetch(`/api/batches/${encodeURIComponent(batchId)}`, { headers, signal });
  if (response.status === 304 && known) return known;
  const { batch } = await readJson(batchAnswerSchema, response);
  return { batch, etag: response.headers.get('etag') };
}
