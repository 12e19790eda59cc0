'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { z } from 'zod';
import { ApiError, apiFetch, apiJson } from '@/components/http/api-fetch';

const LOOK_INTERVAL_MS = 60_000;
const PAGE = 15;

const notificationSchema = z.object({
  id: z.int(),
  kind: z.string(),
  title: z.string(),
  body: z.object({ company_id: z.string().optional(), resets_at: z.string().optional() }).catch({}),
  read_at: z.string().nullable(),
  created_at: z.string(),
});
export type NotificationView = z.infer<typeof notificationSchema>;

const pageSchema = z.object({
  items: z.array(notificationSchema),
  unread: z.int(),
  next_cursor: z.string().nullable(),
});

/** What the user should know, newest first; looks for more once a minute and whenever the page is looked at again. */
export function useNotifications() {
  const client = useQueryClient();
  const queryKey = ['notifications'];
  const list = useInfiniteQuery({
    queryKey,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      return apiJson(pageSchema, `/api/notifications?limit=${PAGE}${cursor}`, { signal });
    },
    getNextPageParam: ({ next_cursor: next }) => next,
    refetchInterval: LOOK_INTERVAL_MS,
    refetchOnWindowFocus: true,
    retry: false,
  });
  const read = useMutation({
    mutationFn: async (ids: readonly number[] | null) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(ids === null ? {} : { ids });
      await apiFetch('/api/notifications/read', { method: 'POST', headers, body });
    },
    onError: (error) => {
      if (error instanceof ApiError) toast.error(error.title, { description: error.detail });
      else toast.error('Something went wrong', { description: 'Nothing was marked. Try again.' });
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return {
    items: list.data?.pages.flatMap(({ items }) => items) ?? [],
    unread: list.data?.pages[0]?.unread ?? 0,
    pending: list.isPending,
    failed: list.isError,
    retry: () => list.refetch(),
    more: list.hasNextPage ? () => list.fetchNextPage() : null,
    read: (ids: readonly number[] | null) => read.mutate(ids),
  };
}
