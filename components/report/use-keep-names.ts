'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { ApiError, apiFetch } from '@/components/http/api-fetch';

/** Decides whether the names of people stay in a report for longer than six months; the decision can be taken back. */
export function useKeepNames(reportId: string) {
  const router = useRouter();
  const change = useMutation({
    mutationFn: async (kept: boolean) => {
      const body = JSON.stringify({ names_kept: kept });
      const headers = { 'content-type': 'application/json' };
      await apiFetch(`/api/reports/${encodeURIComponent(reportId)}`, { method: 'PATCH', headers, body });
    },
    onSuccess: (_answer, kept) => {
      toast.success(kept ? 'Names stay in this report' : 'Names go after six months', {
        description: kept
          ? 'You answer for keeping them: keep names only as long as you need them.'
          : 'Names of people are removed from this report six months after it was written.',
        action: { label: 'Undo', onClick: () => change.mutate(!kept) },
      });
      router.refresh();
    },
    onError: (error) => {
      if (error instanceof ApiError) toast.error(error.title, { description: error.detail });
      else toast.error('Something went wrong', { description: 'Nothing was changed. Try again.' });
    },
  });
  return change;
}
