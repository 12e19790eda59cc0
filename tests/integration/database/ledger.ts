import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';

type JobRow = {
  id: string;
  state: string;
  attempt: number;
  progress: number;
  version: number;
  run_id: number;
  error: { code: string } | null;
  result: unknown;
  run_at: string | null;
  report_id: string | null;
  quota_state: string;
};
type Quota = { used: number; limit: number; remaining: number; resets_at: string };
type Submission = { outcome: string; job: JobRow; report_id: string | null; quota: Quota | null };
type Attempt = { outcome: string; token: number; attempt: number; version: number; sections: unknown[] };
type Finished = { job_id: string; outcome: string; version: number; state: string; error: { code: string } | null };
type Acted = { outcome: string; job: JobRow };

export const REPORT = {
  document: { version: 1 },
  status: 'complete',
  coverage: 0.75,
  confidence: 0.9,
  sections_complete: 8,
  total_sources: 3,
  generated_at: new Date().toISOString(),
};

/** The database functions of a job's life as TypeScript calls, with the arguments of an ordinary research job. */
export function ledgerOf(sql: postgres.Sql) {
  const json = (value: object) => sql.json(JSON.parse(JSON.stringify(value)));
  return {
    /** A confirmed user whose profile may have a limit of its own. */
    async createUser({ email = `${randomUUID()}@example.com`, confirmed = true, role = 'user' } = {}) {
      const [user] = await sql<{ id: string }[]>`insert into auth.users (id, email, email_confirmed_at)
        values (${randomUUID()}, ${email}, ${confirmed ? new Date() : null}) returning id`;
      if (!user) throw new Error('no user was inserted');
      await sql`update public.profiles set role = ${role} where id = ${user.id}`;
      return user.id;
    },

    async createCompanies(count: number): Promise<string[]> {
      const rows = await sql<{ id: string }[]>`insert into public.companies (id, name)
        select lpad(((select count(*) from public.companies) + n)::text, 8, '0'), 'TEST COMPANY ' || n
        from generate_series(1, ${count}::int) n returning id`;
      return rows.map(({ id }) => id);
    },

    async submit(request: Record<string, unknown>): Promise<Submission> {
      const defaults = {
        queue: 'research',
        user_id: null,
        company_name: 'TEST COMPANY',
        payload: { company_id: request.company_id },
        idempotency_key: null,
        request_hash: null,
        force: false,
        max_attempts: 2,
        priority: 1,
        fresh_for_seconds: 3600,
        creates_report: true,
        uses_quota: true,
        monthly_limit: 100,
        queue_limit: 1000,
        job_id_ms: 1_700_000_000_000,
      };
      const [row] = await sql<{ value: Submission }[]>`
        select public.submit_job(${json({ ...defaults, ...request })}) as value`;
      return present(row?.value);
    },

    async start(jobId: string): Promise<Attempt> {
      const [row] = await sql<{ value: Attempt }[]>`select public.start_attempt(${jobId}, 'worker') as value`;
      return present(row?.value);
    },

    async save(jobId: string, token: number, progress: number, section?: { id: string; position: number }) {
      const [row] = await sql<{ value: { version: number; cancel_requested: boolean } }[]>`
        select public.save_progress(${jobId}, ${token}, ${progress}, ${json({ name: section?.id ?? 'step' })}, 0,
          ${json(section ? [{ ...section, document: { id: section.id } }] : [])}) as value`;
      return present(row?.value);
    },

    async finishAll(items: Record<string, unknown>[]): Promise<Finished[]> {
      const [row] = await sql<{ value: Finished[] }[]>`select public.finish_jobs(${json(items)}) as value`;
      return present(row?.value);
    },

    async finish(jobId: string, token: number, outcome: string, more: Record<string, unknown> = {}): Promise<Finished> {
      const delivered = outcome === 'completed' ? { result: { ok: true }, effects: { report: REPORT } } : {};
      const [result] = await this.finishAll([{ job_id: jobId, token, outcome, version: 0, ...delivered, ...more }]);
      return present(result);
    },

    async cancel(jobId: string, userId: string | null, isAdmin = false): Promise<Acted> {
      const [row] = await sql<{ value: Acted }[]>`
        select public.cancel_job(${jobId}, ${userId}, ${isAdmin}) as value`;
      return present(row?.value);
    },

    async retry(jobId: string, userId: string, monthlyLimit = 100): Promise<Acted> {
      const [row] = await sql<{ value: Acted }[]>`
        select public.retry_job(${jobId}, ${userId}, false, ${monthlyLimit}) as value`;
      return present(row?.value);
    },

    async quota(userId: string, monthlyLimit = 100): Promise<Quota> {
      const [row] = await sql<{ value: Quota }[]>`select public.get_quota(${userId}, ${monthlyLimit}) as value`;
      return present(row?.value);
    },

    async job(jobId: string): Promise<JobRow> {
      const [row] = await sql<JobRow[]>`select * from public.jobs where id = ${jobId}`;
      return present(row);
    },

    async reportStatus(jobId: string): Promise<string> {
      const [row] = await sql<{ status: string }[]>`select status from public.research_reports where job_id = ${jobId}`;
      return present(row).status;
    },

    async timeline(jobId: string): Promise<string[]> {
      const rows = await sql<{ type: string; attempt: number }[]>`
        select type, attempt from public.job_events where job_id = ${jobId} order by id`;
      return rows.map(({ type, attempt }) => `${type} ${attempt}`);
    },
  };
}

export type Ledger = ReturnType<typeof ledgerOf>;

function present<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('the database returned nothing');
  return value;
}
