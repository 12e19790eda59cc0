'use client';

import { useQuery } from '@tanstack/react-query';
import { ListFilter, ListX } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { apiJson } from '@/components/http/api-fetch';
import { RequestFailure } from '@/components/http/request-failure';
import { Button } from '@/components/ui/button';
import { Card, CardHeader, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterLinks } from '@/components/ui/filter-links';
import { ListSkeleton } from '@/components/ui/list-skeleton';
import { Pager } from '@/components/ui/pager';
import { BATCH_OUTCOMES, type BatchOutcome, batchItemListSchema } from '@/types/batches';
import { BatchItemRow } from './batch-item-row';
import { OUTCOME_WORDS } from './batch-words';

type BatchItemsProps = {
  batchId: string;
  outcome: BatchOutcome | undefined;
  cursor: string | undefined;
  /** The batch has ended: nothing changes any more. */
  over: boolean;
};

const INTERVAL_MS = 3_000;
const PAGE_SIZE = 50;

/** What became of each company, by outcome; the choice and the page are in the address. */
export function BatchItems({ batchId, outcome, cursor, over }: BatchItemsProps) {
  const chosen = { ...(outcome ? { outcome } : {}), ...(cursor ? { cursor } : {}) };
  const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...chosen }).toString();
  const items = useQuery({
    // Read once more when the batch has ended.
    queryKey: ['batch-items', batchId, query, over],
    queryFn: ({ signal }) =>
      apiJson(batchItemListSchema, `/api/batches/${encodeURIComponent(batchId)}/items?${query}`, { signal }),
    // The list stays while it is read again, but not while another part of it is.
    placeholderData: (previous, before) => (before?.queryKey[2] === query ? previous : undefined),
    refetchInterval: over ? false : INTERVAL_MS,
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>Companies</CardTitle>
        <FilterLinks
          label="Outcome"
          options={[
            { label: 'All', href: address({}), current: !outcome },
            ...BATCH_OUTCOMES.map((each) => ({
              label: OUTCOME_WORDS[each],
              href: address({ outcome: each }),
              current: outcome === each,
            })),
          ]}
        />
      </CardHeader>
      {!items.data && !items.error && <ListSkeleton rows={8} label="Loading companies" />}
      {!items.data && items.error && (
        <RequestFailure error={items.error} what="The companies" onRetry={() => void items.refetch()} />
      )}
      {items.data?.items.length === 0 && <NoItems outcome={outcome} all={address({})} />}
      {items.data && items.data.items.length > 0 && (
        <>
          <ul aria-label="Companies of the batch" className="divide-y">
            {items.data.items.map((item) => (
              <BatchItemRow key={item.company_id} item={item} />
            ))}
          </ul>
          <Pager
            first={cursor ? address(outcome ? { outcome } : {}) : null}
            next={items.data.next_cursor ? address({ ...chosen, cursor: items.data.next_cursor }) : null}
          />
        </>
      )}
    </Card>
  );
}

/** Within the batch's own address. */
function address(chosen: { outcome?: BatchOutcome; cursor?: string }): Route {
  return `?${new URLSearchParams(chosen)}`;
}

function NoItems({ outcome, all }: { outcome: BatchOutcome | undefined; all: Route }) {
  if (!outcome) {
    return (
      <EmptyState icon={ListX} title="No companies yet">
        They are listed here as they are found.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ListFilter}
      title={`No company with the outcome “${OUTCOME_WORDS[outcome]}”`}
      action={
        <Button asChild>
          <Link href={all}>Show all companies</Link>
        </Button>
      }
    />
  );
}
