import { formatPercent } from '@/components/format/format-value';
import { RelativeTime } from '@/components/format/relative-time';
import { Progress } from '@/components/ui/progress';

type CompletenessProps = {
  /** 0 to 1; null until enriched. */
  share: number | null;
  enrichedAt: string | null;
};

/** How much of what oppSpot keeps about a company is known. */
export function Completeness({ share, enrichedAt }: CompletenessProps) {
  if (share === null) {
    return (
      <p className="text-[0.8125rem] text-muted-foreground">Not enriched yet: these are the register file's fields.</p>
    );
  }
  return (
    <div className="flex flex-1 flex-wrap items-center justify-end gap-x-3 gap-y-1 text-[0.8125rem]">
      <span className="text-muted-foreground">
        {formatPercent(share)} complete
        {enrichedAt && (
          <>
            , enriched <RelativeTime value={enrichedAt} />
          </>
        )}
      </span>
      <Progress value={share * 100} label="Completeness" className="w-24" />
    </div>
  );
}
