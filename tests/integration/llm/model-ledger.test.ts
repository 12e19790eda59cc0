import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseLedger, readModelUse } from '@/lib/llm/model-ledger';
import type { ModelSettings } from '@/lib/llm/settings';
import { serviceClient } from '@/lib/supabase/service-client';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';
import { ledgerOf } from '../database/ledger';

let database: ScratchDatabase;
let reportId: string;
let otherReportId: string;

beforeAll(async () => {
  database = await createScratchDatabase();
  const ledger = ledgerOf(database.sql);
  const user = await ledger.createUser();
  const companies = await ledger.createCompanies(2);
  const reports = await Promise.all(
    companies.map(async (company) => {
      const submitted = await ledger.submit({ user_id: user, company_id: company });
      return submitted.report_id ?? '';
    }),
  );
  [reportId = '', otherReportId = ''] = reports;
});
afterAll(() => database.close());

async function reserve(usd: number, { report = reportId, reportBudget = 1, dayBudget = 100 } = {}): Promise<string> {
  const id = randomUUID();
  const call = { id, report_id: report, purpose: 'test', model: 'm', reserved_usd: usd };
  return database.sql`select public.reserve_model_call(${database.sql.json(call)}, ${reportBudget}, ${dayBudget})`.then(
    () => id,
    (error) => String(error.message),
  );
}

async function settle(id: string, cost: number | null): Promise<void> {
  const call = { id, state: 'answered', cost_usd: cost, input_tokens: 1 };
  await database.sql`select public.settle_model_call(${database.sql.json(call)})`;
}

const refused = (results: readonly string[]) => results.filter((result) => result === 'model_budget_exceeded').length;

describe('the budget of a report', () => {
  it('is not passed by many requests at the same moment', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => reserve(0.25)));
    expect(refused(results)).toBe(16);
  });

  it('gets back what a request cost less than it could have', async () => {
    expect(refused([await reserve(0.25)])).toBe(1);
    const [open] = await database.sql<
      { id: string }[]
    >`select id from public.model_calls where report_id = ${reportId}`;
    await settle(open?.id ?? '', 0.01);
    expect(refused([await reserve(0.25)])).toBe(1);
    expect(refused([await reserve(0.24)])).toBe(0);
  });

  it('keeps the whole sum of a request whose cost nobody knows, and settles a request once', async () => {
    const id = await reserve(0.5, { report: otherReportId });
    await settle(id, null);
    await settle(id, 0);
    expect(refused([await reserve(0.6, { report: otherReportId })])).toBe(1);
  });
});

describe('the budget of a day', () => {
  it('counts all reports together', async () => {
    const [{ used } = { used: 0 }] = await database.sql<{ used: number }[]>`
      select sum(coalesce(cost_usd, reserved_usd))::float as used from public.model_calls`;
    const limits = { reportBudget: 100, dayBudget: used + 1 };
    const results = await Promise.all([
      ...Array.from({ length: 4 }, () => reserve(0.3, { ...limits, report: reportId })),
      ...Array.from({ length: 4 }, () => reserve(0.3, { ...limits, report: otherReportId })),
    ]);
    expect(refused(results)).toBe(5);
  });

  it('begins anew at midnight UTC', async () => {
    await database.sql`update public.model_calls set started_at = now() - interval '1 day'`;
    const results = await Promise.all([1, 2].map(() => reserve(0.5, { reportBudget: 100, dayBudget: 1 })));
    expect(refused(results)).toBe(0);
  });
});

describe('the record through the API', () => {
  const settings: ModelSettings = {
    baseUrl: 'http://127.0.0.1:9/v1',
    apiKey: 'k',
    model: 'test/model',
    dialect: 'compatible',
    timeoutMs: 1_000,
    reportBudgetUsd: 1,
    dayBudgetUsd: 0.000001,
    inputPrice: 3,
    outputPrice: 15,
  };
  const nobody = { reportId: null, jobId: null, userId: null };

  it('reserves, refuses and settles', async () => {
    const { signal } = new AbortController();
    const ledger = databaseLedger(serviceClient(), settings, nobody);
    const open = { purpose: 'test', model: 'test/model' };
    await expect(ledger.reserve({ ...open, id: randomUUID(), reservedUsd: 2 }, signal)).rejects.toMatchObject({
      code: 'model_budget_exceeded',
    });
    const free = randomUUID();
    await ledger.reserve({ ...open, id: free, reservedUsd: 0 }, signal);
    await ledger.settle({
      id: free,
      state: 'answered',
      errorCode: null,
      servedModel: 'served/model',
      servedBy: null,
      generationId: 'gen-1',
      inputTokens: 25,
      cachedInputTokens: 0,
      outputTokens: 10,
      reasoningTokens: null,
      costUsd: 0,
    });
    const { data } = await serviceClient().from('model_calls').select().eq('id', free).single();
    expect(data).toMatchObject({
      state: 'answered',
      served_model: 'served/model',
      input_tokens: 25,
      output_tokens: 10,
    });
    expect(await readModelUse(serviceClient(), randomUUID())).toEqual({ calls: 0, costUsd: 0, models: [] });
  });
});
