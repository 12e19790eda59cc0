'use client';

import { formatDate, formatNumber } from '@/components/format/format-value';
import { cn } from '@/components/ui/cn';
import { useQuota } from './use-quota';

/** Beside a button that uses a research: how many are left this month, in colour when they run out. */
export function QuotaNote() {
  const { data: quota } = useQuota();
  if (!quota) return <p className="min-h-5 text-[0.8125rem] text-muted-foreground">Each research counts.</p>;
  const { researches_remaining: left, researches_limit: limit, resets_at: reset } = quota;
  const scarce = left <= limit / 10;
  return (
    <p className={cn('min-h-5 text-[0.8125rem] text-muted-foreground', scarce && 'text-warning-text')}>
      {left === 0
        ? `All ${formatNumber(limit)} researches of this month are used. They start again on ${formatDate(reset)}.`
        : `${formatNumber(left)} of ${formatNumber(limit)} researches left this month${scarce ? `, until ${formatDate(reset)}` : ''}.`}
    </p>
  );
}
