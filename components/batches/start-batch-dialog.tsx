'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { QueueName } from '@/components/jobs/queue-names';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTitle } from '@/components/ui/dialog';
import type { BatchFilter } from '@/types/batches';
import { countCompanies, describeFilter } from './batch-words';
import { QueueChoice } from './queue-choice';
import { QuotaHint } from './quota-hint';
import { StartFailure } from './start-failure';
import { useStartBatch } from './use-start-batch';

type StartBatchDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  companies: { ids: readonly string[] } | { filter: BatchFilter };
  /** How many they are; null when there are more than can be told here. */
  count: number | null;
};

/** Asks what to do with some companies, says what it costs, and starts it. */
export function StartBatchDialog({ open, onOpenChange, companies, count }: StartBatchDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent className="p-5" aria-describedby={undefined}>
        <StartBatchForm companies={companies} count={count} onCancel={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type StartBatchFormProps = Pick<StartBatchDialogProps, 'companies' | 'count'> & { onCancel: () => void };

function StartBatchForm({ companies, count, onCancel }: StartBatchFormProps) {
  const router = useRouter();
  const [queue, setQueue] = useState<QueueName>('enrichment');
  const batch = useStartBatch(({ id }) => router.push(`/batches/${id}`));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        batch.start({ queue, name: '', companies });
      }}
      className="flex flex-col gap-4"
    >
      <div className="flex flex-col gap-1">
        <DialogTitle className="text-base">Run on {howMany(companies, count)}</DialogTitle>
        {'filter' in companies && (
          <p className="text-pretty text-[0.8125rem] text-muted-foreground">
            {capitalised(describeFilter(companies.filter))}
            {count === null && '. They are counted when the batch starts'}.
          </p>
        )}
      </div>
      <QueueChoice value={queue} onChange={setQueue} />
      {queue === 'research' && <QuotaHint companies={count} />}
      <StartFailure error={batch.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Not now</Button>
        <Button type="submit" variant="primary" pending={batch.pending}>
          Start on {howMany(companies, count)}
        </Button>
      </div>
    </form>
  );
}

function howMany(companies: StartBatchDialogProps['companies'], count: number | null): string {
  if (count !== null) return countCompanies(count);
  return 'filter' in companies && Object.keys(companies.filter).length > 0 ? 'all that match' : 'all companies';
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
