'use client';

import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { formatDate, formatNumber } from '@/components/format/format-value';
import { apiJson } from '@/components/http/api-fetch';
import { cn } from '@/components/ui/cn';

const quotaSchema = z.object({ researches_remaining: z.number(), resets_at: z.string() });

/**
 * What a batch of researches does to this month's quota.
 * @param companies how many; null when that is not known yet.
 */
export function QuotaHint({ companies }: { companies: number | null }) {
  const quota = useQuery({
    queryKey: ['quota'],
    queryFn: ({ signal }) => apiJson(quotaSchema, '/api/quota', { signal }),
    staleTime: 0,
  });
  if (!quota.data) return <p className="min-h-5 text-[0.8125rem] text-muted-foreground">Each research counts.</p>;
  const { researches_remaining: left, resets_at: reset } = quota.data;
  const short = companies === null || companies > left;
  return (
    <p className={cn('min-h-5 text-pretty text-[0.8125rem] text-muted-foreground', short && 'text-warning-text')}>
      {short
        ? `You have ${formatNumber(left)} ${left === 1 ? 'research' : 'researches'} left this month. Companies beyond that fail, and can be tried again from ${formatDate(reset)}.`
        : `Uses up to ${formatNumber(companies)} of the ${formatNumber(left)} researches that you have left this month.`}
    </p>
  );
}
