'use client';

import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { apiJson } from '@/components/http/api-fetch';

/** Names the query, for whoever has used a research. */
export const QUOTA_KEY = ['quota'];

const quotaSchema = z.object({
  researches_limit: z.number(),
  researches_remaining: z.number(),
  resets_at: z.string(),
});

/** This month's researches of the user; `data` is undefined until they are known. */
export function useQuota() {
  return useQuery({
    queryKey: QUOTA_KEY,
    queryFn: ({ signal }) => apiJson(quotaSchema, '/api/quota', { signal }),
    staleTime: 0,
    retry: false,
  });
}
