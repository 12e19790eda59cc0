import type { Job } from 'bull';
import postgres from 'postgres';
import { plainEnvironment } from './environment';
import { refund } from './plain-quota';
import { openQueues, type PlainPayload } from './queues';

/** The worker side of an application that follows Bull's tutorial: read, write, return; Bull does the rest. */
const env = plainEnvironment();
const sql = postgres(env.DATABASE_URL, { max: 10, onnotice: () => undefined });
const queues = openQueues(env.REDIS_URL);

type PlainJob = Job<PlainPayload>;

const DOCUMENTS = ['', '/officers', '/filing-history', '/persons-with-significant-control', '/charges', '/insolvency'];
const headers = { authorization: `Basic ${Buffer.from('sandbox:').toString('base64')}` };

void queues.research.process(2, (job) => recorded(job, research));
void queues.enrichment.process(5, (job) => recorded(job, enrich));
void queues.signals.process(5, (job) => recorded(job, findSignals));
void queues.scoring.process(10, (job) => recorded(job, score));
queues.research.on('failed', (job: PlainJob) => {
  if (job.attemptsMade >= (job.opts.attempts ?? 1)) refund(sql, job.data.userId).catch(console.error);
});

async function research(job: PlainJob): Promise<unknown> {
  const { userId, companyId } = job.data;
  const sections: unknown[] = [];
  for (const [index, document] of DOCUMENTS.entries()) {
    sections.push(await read(companyId, document));
    await job.progress(Math.round((100 * (index + 1)) / DOCUMENTS.length));
  }
  // The two that are computed from the others.
  sections.push({ summary: sections.length }, { approach: sections.length });
  await sql`insert into plain.reports (job_id, user_id, company_id, sections)
    values (${String(job.id)}, ${userId}, ${companyId}, ${JSON.stringify(sections)})`;
  return { sections: sections.length };
}

async function enrich(job: PlainJob): Promise<unknown> {
  await Promise.all(['', '/officers'].map((document) => read(job.data.companyId, document)));
  return { fields: 2 };
}

async function findSignals(job: PlainJob): Promise<unknown> {
  const { userId, companyId } = job.data;
  const history = await read(companyId, '/filing-history');
  const known = await sql`select from plain.signals where company_id = ${companyId}`;
  if (known.length > 0) return { found: 0 };
  const title = `${JSON.stringify(history).length} characters of filings`;
  await sql`insert into plain.signals (company_id, event_date, title) values (${companyId}, '2026-01-01', ${title})`;
  await sql`insert into plain.notifications (user_id, job_id, title) values (${userId}, ${String(job.id)}, ${title})`;
  return { found: 1 };
}

async function score(job: PlainJob): Promise<unknown> {
  const { companyId } = job.data;
  const profile = await read(companyId, '');
  const overall = JSON.stringify(profile).length % 100;
  await sql`insert into plain.scores (job_id, company_id, overall) values (${String(job.id)}, ${companyId}, ${overall})`;
  return { overall };
}

async function read(companyId: string, document: string): Promise<unknown> {
  const response = await fetch(`${env.COMPANIES_HOUSE_BASE_URL}/company/${companyId}${document}`, { headers });
  if (response.status === 404 && document !== '') return null;
  if (!response.ok) throw new Error(`Companies House answered with ${response.status}`);
  return response.json();
}

/** For the harness: who ran what when. A record that cannot be written must not change what happens. */
async function recorded(job: PlainJob, run: (job: PlainJob) => Promise<unknown>): Promise<unknown> {
  const noted = sql<{ id: string }[]>`
    insert into plain.runs (job_id, pid, started_at)
    values (${String(job.id)}, ${process.pid}, ${new Date().toISOString()}) returning id`.catch(() => []);
  const end = async (outcome: string) => {
    const id = (await noted)[0]?.id;
    if (id) await sql`update plain.runs set outcome = ${outcome}, ended_at = clock_timestamp() where id = ${id}`;
  };
  try {
    const result = await run(job);
    await end('completed').catch(() => undefined);
    return result;
  } catch (error) {
    await end('retrying').catch(() => undefined);
    throw error;
  }
}
