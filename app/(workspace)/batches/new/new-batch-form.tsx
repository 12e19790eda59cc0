'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useDeferredValue, useMemo, useState } from 'react';
import { countCompanies } from '@/components/batches/batch-words';
import { QueueChoice } from '@/components/batches/queue-choice';
import { QuotaHint } from '@/components/batches/quota-hint';
import { StartFailure } from '@/components/batches/start-failure';
import { useStartBatch } from '@/components/batches/use-start-batch';
import { formatNumber } from '@/components/format/format-value';
import type { QueueName } from '@/components/jobs/queue-names';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';
import { MAX_BATCH_IDS } from '@/types/batches';
import { NumbersFeedback } from './numbers-feedback';
import { readCompanyNumbers } from './read-company-numbers';

/** Starts a batch on pasted company numbers; what is wrong with which line is said while it is typed. */
export function NewBatchForm() {
  const router = useRouter();
  const [queue, setQueue] = useState<QueueName>('enrichment');
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const read = useDeferredValue(text);
  const list = useMemo(() => readCompanyNumbers(read), [read]);
  const batch = useStartBatch(({ id }) => router.push(`/batches/${id}`));
  const problem = problemOf(list.ids.length, list.problems.length);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const now = readCompanyNumbers(text);
    if (problemOf(now.ids.length, now.problems.length) !== null) return;
    batch.start({ queue, name, companies: { ids: now.ids } });
  };
  return (
    <form onSubmit={submit} className="grid max-w-5xl gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
      <div className="flex min-w-0 flex-col gap-1.5">
        <Label htmlFor="numbers">Company numbers</Label>
        <p id="numbers-hint" className="text-[0.8125rem] text-muted-foreground">
          One a line, or with commas between them; up to {formatNumber(MAX_BATCH_IDS)}. A column of a spreadsheet will
          do.
        </p>
        <Textarea
          id="numbers"
          value={text}
          onChange={(event) => setText(event.target.value)}
          rows={16}
          spellCheck={false}
          autoComplete="off"
          placeholder={'00000006\nSC123456'}
          aria-describedby="numbers-hint numbers-feedback"
          aria-invalid={asked && problem !== null ? true : undefined}
          className="font-mono"
        />
        <NumbersFeedback list={list} problem={asked ? problem : null} />
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <QueueChoice value={queue} onChange={setQueue} />
        <Field
          label="Name"
          hint="Optional. What the list is, for you to find it again."
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={200}
          autoComplete="off"
        />
        {queue === 'research' && <QuotaHint companies={list.ids.length} />}
        <StartFailure error={batch.error} />
        <Button type="submit" variant="primary" size="lg" pending={batch.pending}>
          {list.ids.length === 0 ? 'Start batch' : `Start on ${countCompanies(list.ids.length)}`}
        </Button>
      </div>
    </form>
  );
}

/** Why the list cannot be started; null when it can. */
function problemOf(ids: number, problems: number): string | null {
  if (problems > 0) return 'Correct or remove the lines below first.';
  if (ids === 0) return 'Paste at least one company number.';
  if (ids <= MAX_BATCH_IDS) return null;
  return `These are ${formatNumber(ids)}; at most ${formatNumber(MAX_BATCH_IDS)} fit into one batch. Start several.`;
}
