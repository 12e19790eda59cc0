import type postgres from 'postgres';

export type BatchRow = {
  id: string;
  status: string;
  pending: number;
  open: number;
  active: number;
  completed: number;
  failed: number;
  cancelled: number;
  skipped: number;
  truncated: boolean;
  collected_to: string | null;
  version: number;
};
export type ItemRow = {
  company_id: string;
  company_name: string | null;
  outcome: string;
  code: string | null;
  job_id: string | null;
  report_id: string | null;
  error: { code: string } | null;
};

export const SCORING = {
  max_attempts: 3,
  priority: 100,
  fresh_for_seconds: 0,
  creates_report: false,
  uses_quota: false,
  monthly_limit: 100,
  id_member: 'company_id',
  name_member: 'company_name',
};
export const RESEARCH = { ...SCORING, fresh_for_seconds: 3600, creates_report: true, uses_quota: true };
export const LIMITS = { every_ms: 0, open: 300, collect: 5_000, companies: 1_000_000, turn: 5_000 };

/** The database functions of a batch's life as TypeScript calls. */
export function batchLedgerOf(sql: postgres.Sql) {
  const json = (value: object) => sql.json(JSON.parse(JSON.stringify(value)));
  return {
    async create(request: Record<string, unknown>): Promise<{ outcome: string; batch: BatchRow }> {
      const defaults = { queue: 'scoring', payload: { user_id: request.user_id } };
      const [row] = await sql<{ value: { outcome: string; batch: BatchRow } }[]>`
        select public.create_batch(${json({ ...defaults, ...request })}) as value`;
      return present(row?.value);
    },

    async tend(
      limits: Partial<typeof LIMITS> = {},
      queues: Record<string, object> = { scoring: SCORING, research: RESEARCH },
    ) {
      const [row] = await sql<{ value: { id: string | null; jobs: boolean; hurry: boolean } }[]>`
        select public.tend_batch(${json(queues)}, ${json({ ...LIMITS, ...limits })}) as value`;
      return present(row?.value);
    },

    async release(window: number, batchWindow = window, queue = 'scoring') {
      const [row] = await sql<{ value: { jobs: { id: string; user_id: string }[]; held: boolean } }[]>`
        select public.release_held(${json([{ queue, window, batch_window: batchWindow }])}) as value`;
      return present(row?.value);
    },

    async cancel(batchId: string, userId: string, chunk = 5_000) {
      const [row] = await sql<{ value: { outcome: string; batch: BatchRow; jobs: { outcome: string }[] } }[]>`
        select public.cancel_batch(${batchId}, ${userId}, ${chunk}) as value`;
      return present(row?.value);
    },

    async retry(batchId: string, userId: string, chunk = 5_000) {
      const [row] = await sql<{ value: { outcome: string; batch: BatchRow } }[]>`
        select public.retry_batch(${batchId}, ${userId}, ${chunk}) as value`;
      return present(row?.value);
    },

    async items(
      batchId: string,
      userId: string,
      outcome: string | null = null,
      after: string | null = null,
      limit = 100,
    ) {
      const [row] = await sql<{ value: ItemRow[] | null }[]>`
        select public.list_batch_items(${batchId}, ${userId}, ${outcome}, ${after}, ${limit}) as value`;
      return row?.value ?? null;
    },

    async batch(batchId: string): Promise<BatchRow> {
      const [row] = await sql<BatchRow[]>`select * from public.batches where id = ${batchId}`;
      return present(row);
    },

    /** What the items themselves say, to compare the counts with. */
    async counted(batchId: string): Promise<Record<string, number>> {
      const rows = await sql<{ outcome: string; count: number }[]>`
        select outcome, count(*)::int as count from public.batch_items where batch_id = ${batchId} group by outcome`;
      return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
    },
  };
}

export type BatchLedger = ReturnType<typeof batchLedgerOf>;

function present<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('the database returned nothing');
  return value;
}
