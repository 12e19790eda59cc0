import { expect, test } from 'vitest';
import { batchTitle, describeBatch, describeItem } from '@/components/batches/batch-words';
import { type Batch, type BatchItem, batchSchema } from '@/types/batches';

function batch(change: Partial<Batch> = {}): Batch {
  return batchSchema.parse({
    id: 'b1',
    name: null,
    queue: 'scoring',
    status: 'running',
    total: 2000,
    counts: { pending: 1990, queued: 2, active: 3, completed: 5, failed: 0, cancelled: 0, skipped: 0 },
    progress: 0,
    reason: null,
    filter: null,
    created_at: '2025-10-12T10:00:00Z',
    started_at: null,
    finished_at: null,
    estimated_completion: null,
    version: 1,
    links: { self: '', items: '', export: '', retry: null },
    ...change,
  });
}

function item(change: Partial<BatchItem> = {}): BatchItem {
  return {
    company_id: 'DM000001',
    company_name: 'DEMO MARMALADE WORKS LIMITED',
    outcome: 'completed',
    reason: null,
    job_id: null,
    report_id: null,
    result: null,
    error: null,
    finished_at: null,
    ...change,
  };
}

test('a batch is called by its name, or by what it does with which companies', () => {
  expect(batchTitle(batch({ name: 'Favourites' }))).toBe('Favourites');
  expect(batchTitle(batch())).toBe('Scoring of 2,000 companies');
  expect(batchTitle(batch({ filter: { q: 'tea', status: 'active' } }))).toBe(
    'Scoring of companies matching “tea”, status active',
  );
  expect(batchTitle(batch({ filter: {} }))).toBe('Scoring of all companies');
});

test('a batch says why it waits, and at its end what is left to do', () => {
  const reason = 'Waiting for a free place: what people start goes first.';
  expect(describeBatch(batch({ reason }))).toBe(reason);
  const counts = { pending: 0, queued: 0, active: 0, completed: 9, failed: 1, cancelled: 0, skipped: 0 };
  expect(describeBatch(batch({ status: 'completed', total: 10, counts }))).toBe(
    'Every company has its outcome; 1 company failed and can be tried again.',
  );
  expect(describeBatch(batch({ status: 'completed', total: 0 }))).toBe('No company matched: there was nothing to do.');
});

test('what came of a company is said in words, whatever the work was', () => {
  expect(describeItem(item({ result: { overall: 74.6, coverage: 0.5 } }))).toBe('Score 75');
  expect(describeItem(item({ result: { overall: null } }))).toBe('Not enough known for a score');
  expect(describeItem(item({ result: { found: 0 } }))).toBe('No signals');
  expect(describeItem(item({ result: { fields_filled: ['a'], completeness_after: 0.5 } }))).toBe(
    '1 field read, 50% complete',
  );
  expect(describeItem(item({ result: { sections_complete: 8, confidence_score: 0.8 } }))).toBe(
    '8 of 8 sections, confidence 80%',
  );
  expect(describeItem(item({ error: { code: 'company_not_found', message: 'Company unknown.' } }))).toBe(
    'Company unknown.',
  );
  expect(describeItem(item())).toBeNull();
});
