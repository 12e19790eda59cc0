'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { z } from 'zod';
import { ApiError, apiFetch, readJson } from '@/components/http/api-fetch';

const shareSchema = z.object({ id: z.string(), created_at: z.string(), expires_at: z.string() });
export type Share = z.infer<typeof shareSchema>;

/** The open links to one report, and what can be done with them. */
export function useShares(reportId: string, { enabled }: { enabled: boolean }) {
  const client = useQueryClient();
  const path = `/api/reports/${encodeURIComponent(reportId)}/share`;
  const queryKey = ['shares', reportId];
  const onSettled = () => client.invalidateQueries({ queryKey });
  const shares = useQuery({
    queryKey,
    enabled,
    queryFn: async () => (await readJson(z.object({ items: z.array(shareSchema) }), await apiFetch(path))).items,
  });
  const create = useMutation({
    mutationFn: async (days: number) => {
      const body = JSON.stringify({ expires_in_days: days });
      const headers = { 'content-type': 'application/json' };
      return readJson(shareSchema.extend({ url: z.url() }), await apiFetch(path, { method: 'POST', headers, body }));
    },
    onError: tell,
    onSettled,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => apiFetch(`${path}?share_id=${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: () =>
      toast.success('The link is ended', { description: 'Nobody can open the report with it any more.' }),
    onError: tell,
    onSettled,
  });
  return { shares, create, revoke };
}

function tell(error: Error): void {
  if (error instanceof ApiError) toast.error(error.title, { description: error.detail });
  else toast.error('Something went wrong', { description: 'Nothing was changed. Try again.' });
}
