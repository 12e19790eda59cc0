'use client';

import { ApiError } from '@/components/http/api-fetch';
import { RequestFailure } from '@/components/http/request-failure';
import { NotFound } from '@/components/shell/not-found';
import { PageHeader } from '@/components/shell/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { type Batch, type BatchOutcome, isBatchEnded } from '@/types/batches';
import { BatchActions } from './batch-actions';
import { BatchFacts } from './batch-facts';
import { BatchItems } from './batch-items';
import { BatchProgress } from './batch-progress';
import { batchTitle } from './batch-words';
import { useBatch } from './use-batch';

type BatchViewProps = {
  batchId: string;
  initial: Batch | undefined;
  /** Which companies to list; all when absent. */
  outcome: BatchOutcome | undefined;
  cursor: string | undefined;
};

/** One batch, live: how far it is, what can be done about it, and what became of each company. */
export function BatchView({ batchId, initial, outcome, cursor }: BatchViewProps) {
  const { batch, error, refetch } = useBatch(batchId, initial);
  if (!batch) {
    if (error instanceof ApiError && [400, 404].includes(error.status)) return <NotFound />;
    return error ? <RequestFailure error={error} what="The batch" onRetry={refetch} /> : <BatchSkeleton />;
  }
  return (
    <>
      <PageHeader title={batchTitle(batch)} actions={<BatchActions batch={batch} />}>
        <BatchFacts batch={batch} />
      </PageHeader>
      <div className="flex flex-col gap-6">
        <BatchProgress batch={batch} error={error} />
        <BatchItems batchId={batchId} outcome={outcome} cursor={cursor} over={isBatchEnded(batch.status)} />
      </div>
    </>
  );
}

function BatchSkeleton() {
  return (
    <div role="status" aria-label="Loading the batch" className="flex flex-col gap-6">
      <h1 className="sr-only">Batch</h1>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-7 w-64 max-w-full" />
        <Skeleton className="h-5 w-96 max-w-full" />
      </div>
      <Skeleton className="h-32" />
      <Skeleton className="h-72" />
    </div>
  );
}
