'use client';

import { Download, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { type Batch, isBatchEnded } from '@/types/batches';
import { countCompanies } from './batch-words';
import { useBatchActions } from './use-batch-actions';

/** What can be done with a batch now: stop it, take its results, try again what failed. */
export function BatchActions({ batch }: { batch: Batch }) {
  const { cancel, retry } = useBatchActions(batch.id);
  const [asking, setAsking] = useState(false);
  const cancelling = batch.status === 'cancelling' || cancel.isPending;
  return (
    <>
      <Button asChild>
        <a href={batch.links.export} download>
          <Download aria-hidden />
          Download CSV
        </a>
      </Button>
      {batch.links.retry !== null && batch.counts.failed > 0 && (
        <Button variant="primary" pending={retry.isPending} onClick={() => retry.mutate()}>
          {!retry.isPending && <RotateCcw aria-hidden />}
          Try {countCompanies(batch.counts.failed)} again
        </Button>
      )}
      {!isBatchEnded(batch.status) && (
        <Button pending={cancelling} onClick={() => setAsking(true)}>
          {cancelling ? 'Cancelling' : 'Cancel batch'}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Cancel this batch?"
        confirm="Cancel the batch"
        refuse="Keep it running"
        onConfirm={() => cancel.mutate()}
      >
        {describeCancel(batch)}
      </ConfirmDialog>
    </>
  );
}

function describeCancel({ counts }: Batch): string {
  const waiting = counts.pending + counts.queued;
  const parts = [
    waiting > 0 && `${countCompanies(waiting)} that ${waiting === 1 ? 'has' : 'have'} not started will be left out.`,
    counts.active > 0 && `${countCompanies(counts.active)} being worked on will be stopped.`,
    'What is finished stays, and can be downloaded.',
  ];
  return parts.filter(Boolean).join(' ');
}
