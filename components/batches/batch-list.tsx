'use client';

import { useQuery } from '@tanstack/react-query';
import { Layers } from 'lucide-react';
import Link from 'next/link';
import { apiJson } from '@/components/http/api-fetch';
import { OldList } from '@/components/http/old-list';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { type BatchList as BatchPage, batchListSchema, isBatchEnded } from '@/types/batches';
import { BatchRow } from './batch-row';
import { BATCHES_ON_PAGE } from './batches-on-page';

const BUSY_INTERVAL_MS = 3_000;
const IDLE_INTERVAL_MS = 20_000;

type BatchListProps = { cursor: string | undefined; initial: BatchPage };

/** The user's batches, newest first; they keep themselves up to date. */
export function BatchList({ cursor, initial }: BatchListProps) {
  const query = new URLSearchParams({ limit: String(BATCHES_ON_PAGE), ...(cursor ? { cursor } : {}) }).toString();
  const batches = useQuery({
    queryKey: ['batches', query],
    queryFn: ({ signal }) => apiJson(batchListSchema, `/api/batches?${query}`, { signal }),
    initialData: initial,
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ status }) => !isBatchEnded(status)) ? BUSY_INTERVAL_MS : IDLE_INTERVAL_MS,
  });
  const { items, next_cursor: next } = batches.data;
  if (items.length === 0) return cursor ? <NoMoreBatches /> : <NoBatches />;
  return (
    <>
      {batches.error && <OldList what="The list" />}
      <ul aria-label="Batches" className="divide-y">
        {items.map((batch) => (
          <BatchRow key={batch.id} batch={batch} />
        ))}
      </ul>
      <Pager first={cursor ? '/batches' : null} next={next ? `/batches?cursor=${encodeURIComponent(next)}` : null} />
    </>
  );
}

function NoBatches() {
  return (
    <EmptyState
      icon={Layers}
      title="No batches yet"
      action={
        <>
          <Button asChild variant="primary">
            <Link href="/companies">Choose companies</Link>
          </Button>
          <Button asChild>
            <Link href="/batches/new">Paste company numbers</Link>
          </Button>
        </>
      }
    >
      A batch researches, enriches or scores many companies at once, in the background, and collects what became of
      each.
    </EmptyState>
  );
}

function NoMoreBatches() {
  return (
    <EmptyState
      icon={Layers}
      title="No batch on this page"
      action={
        <Button asChild>
          <Link href="/batches">Show the newest batches</Link>
        </Button>
      }
    />
  );
}
