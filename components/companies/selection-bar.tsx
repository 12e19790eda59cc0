'use client';

import { Layers } from 'lucide-react';
import { useState } from 'react';
import { StartBatchDialog } from '@/components/batches/start-batch-dialog';
import { formatNumber } from '@/components/format/format-value';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { type BatchFilter, MAX_BATCH_IDS } from '@/types/batches';
import { useCompanySelection } from './company-selection';

type SelectionBarProps = {
  /** Ids of the companies on this page. */
  page: readonly string[];
  filter: BatchFilter;
  /** How many companies the search has found; null when there is more than this page. */
  found: number | null;
};

/** What is chosen, and the way to work on it; without a choice, on everything that was found. */
export function SelectionBar({ page, filter, found }: SelectionBarProps) {
  const { chosen, choose, clear } = useCompanySelection();
  const [starting, setStarting] = useState(false);
  const onPage = page.filter((id) => chosen.has(id)).length;
  const some = chosen.size > 0;
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2 text-[0.8125rem]">
      <label htmlFor="choose-page" className="-m-2 flex cursor-pointer items-center gap-3 p-2">
        <Checkbox
          id="choose-page"
          checked={onPage === page.length}
          indeterminate={onPage > 0 && onPage < page.length}
          onChange={() => choose(page, onPage < page.length)}
        />
        <span>
          Choose all<span className="max-sm:sr-only"> on this page</span>
        </span>
      </label>
      <p aria-live="polite" className="text-muted-foreground">
        {some && `${formatNumber(chosen.size)} chosen`}
      </p>
      {some && (
        <Button variant="link" size="sm" className="h-8" onClick={clear}>
          Clear
        </Button>
      )}
      <Button
        size="sm"
        variant={some ? 'primary' : 'secondary'}
        disabled={chosen.size > MAX_BATCH_IDS}
        onClick={() => setStarting(true)}
        className="ml-auto"
      >
        <Layers aria-hidden />
        {some ? `Run on ${formatNumber(chosen.size)} chosen` : runOnFound(found)}
      </Button>
      <StartBatchDialog
        open={starting}
        onOpenChange={setStarting}
        companies={some ? { ids: [...chosen] } : { filter }}
        count={some ? chosen.size : found}
      />
    </div>
  );
}

function runOnFound(found: number | null): string {
  if (found === null) return 'Run on all of these';
  return found === 1 ? 'Run on this company' : `Run on these ${formatNumber(found)}`;
}
