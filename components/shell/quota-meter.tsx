import { formatNumber } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { Progress } from '@/components/ui/progress';
import type { Quota } from '@/lib/quota/get-quota';

/** How many of this month's researches are used, and when they start again. */
export function QuotaMeter({ quota }: { quota: Quota }) {
  const share = quota.limit === 0 ? 100 : (quota.used / quota.limit) * 100;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex items-baseline justify-between gap-2 text-[0.8125rem]">
        <span className="text-muted-foreground">Researches</span>
        <span className="font-medium">
          {formatNumber(quota.used)} of {formatNumber(quota.limit)}
        </span>
      </p>
      <Progress value={share} label="Researches used this month, percent" tone={quotaTone(quota)} />
      <p className="text-muted-foreground text-xs">
        {quota.remaining === 0 ? 'Used up. Starts again ' : 'Starts again '}
        <RelativeTime value={quota.resets_at} />
      </p>
    </div>
  );
}

function quotaTone({ remaining, limit }: Quota): 'accent' | 'warning' | 'danger' {
  if (remaining === 0) return 'danger';
  return remaining <= limit / 10 ? 'warning' : 'accent';
}
