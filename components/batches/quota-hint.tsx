'use client';

import { formatDate, formatNumber } from '@/components/format/format-value';
import { useQuota } from '@/components/jobs/use-quota';
import { cn } from '@/components/ui/cn';

/**
 * What a batch of researches does to this month's quota.
 * @param companies how many; null when that is not known yet.
 */
export function QuotaHint({ companies }: { companies: number | null }) {
  const quota = useQuota();
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
