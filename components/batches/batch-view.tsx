'use client';

import { PageHeader } from '@/components/shell/page-header';
import { type Batch, type BatchOutcome, isBatchEnded } from '@/types/batches';
import { BatchActions } from './batch-actions';
import { BatchFacts } from './batch-facts';
import { BatchItems } from './batch-items';
import { BatchProgress } from './batch-progress';
import { batchTitle } from './batch-words';
import { useBatch } from './use-batch';

type BatchViewProps = {
  batchId: string;
  initial: Batch;
  /** Which companies to list; all when absent. */
  outcome: BatchOutcome | undefined;
  cursor: string | undefined;
};

/** One batch, live: how far it is, what can be done about it, and what became of each company. */
export function BatchView({ batchId, initial, outcome, cursor }: BatchViewProps) {
  const { batch, error } = useBatch(batchId, initial);
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
