import { formatDate, formatNumber } from '@/components/format/format-value';
import type { Quota } from '@/lib/quota/get-quota';

const RADIUS = 34;
const LENGTH = 2 * Math.PI * RADIUS;

/** This month's researches as a ring: how many are left, and the day they start again. */
export function QuotaRing({ quota }: { quota: Quota }) {
  const share = quota.limit === 0 ? 1 : Math.min(1, quota.used / quota.limit);
  return (
    <div className="flex items-center gap-5">
      <div className="relative size-24 shrink-0">
        <svg viewBox="0 0 80 80" aria-hidden="true" className="size-full -rotate-90 fill-none" strokeWidth="7">
          <circle cx="40" cy="40" r={RADIUS} className="stroke-hover" />
          {share > 0 && (
            <circle
              cx="40"
              cy="40"
              r={RADIUS}
              strokeLinecap="round"
              strokeDasharray={`${LENGTH * share} ${LENGTH}`}
              className={quota.remaining === 0 ? 'stroke-danger-solid' : 'stroke-accent'}
            />
          )}
        </svg>
        <p className="absolute inset-0 flex flex-col items-center justify-center">
          <span className="font-semibold text-xl tracking-tight">{formatNumber(quota.remaining)}</span>
          <span className="text-muted-foreground text-xs">left</span>
        </p>
      </div>
      <div className="flex flex-col gap-1 text-muted-foreground">
        <p>
          {formatNumber(quota.used)} of {formatNumber(quota.limit)} used
        </p>
        <p className="text-[0.8125rem]">
          Starts again on <time dateTime={quota.resets_at}>{formatDate(quota.resets_at)}</time>
        </p>
      </div>
    </div>
  );
}
