import { z } from 'zod';
import { callRpc, unwrap } from '@/lib/supabase/rpc';
import { type ServiceClient, serviceClient } from '@/lib/supabase/service-client';
import { partialDocument } from './assemble-document';
import { consecutiveSections } from './saved-sections';
import { type ReportDocument, reportDocumentSchema, type SectionFragment } from './schema';

type Client = Pick<ServiceClient, 'from'>;

const REPORT_STATUSES = ['pending', 'running', 'complete', 'partial', 'failed', 'cancelled'] as const;
const SUMMARY =
  'id, job_id, company_id, company_name, status, coverage, confidence, sections_complete, total_sources, generated_at, created_at, names_kept, names_removed_at';

export const reportSummarySchema = z.object({
  id: z.uuid(),
  job_id: z.string(),
  company_id: z.string(),
  company_name: z.string(),
  /** `running` and `pending` are being written; `failed` and `cancelled` keep the sections that were finished. */
  status: z.enum(REPORT_STATUSES),
  coverage: z.number().nullable(),
  confidence: z.number().nullable(),
  sections_complete: z.number().nullable(),
  total_sources: z.number().nullable(),
  generated_at: z.string().nullable(),
  created_at: z.string(),
  /** Whether its owner keeps the names of people in it for longer than six months. */
  names_kept: z.boolean(),
  /** When the names of people were removed because of its age. */
  names_removed_at: z.string().nullable(),
});
export type ReportSummary = z.infer<typeof reportSummarySchema>;
/** A report with its document; while it is being written, the document holds what is finished so far. */
export type Report = ReportSummary & { document: ReportDocument };

const reportRowSchema = reportSummarySchema.extend({
  document: z.unknown(),
  companies: z.object({ is_demo: z.boolean() }).nullable(),
});
const sectionRowsSchema = z.array(z.object({ document: z.unknown() }));

/**
 * @param client of the user: row-level security hides reports of others.
 * @returns null when there is no such report, or it belongs to somebody else.
 */
export async function getReport(client: Client, id: string): Promise<Report | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const row = unwrap(
    await client.from('research_reports').select(`${SUMMARY}, document, companies(is_demo)`).eq('id', id).maybeSingle(),
  );
  return row === null ? null : withDocument(client, row);
}

/** The newest report on a company, be it unfinished. */
export async function latestReport(client: Client, companyId: string): Promise<Report | null> {
  const [row] = unwrap(
    await client
      .from('research_reports')
      .select(`${SUMMARY}, document, companies(is_demo)`)
      .eq('company_id', companyId)
      .order('created_at', { ascending: false })
      .limit(1),
  );
  return row === undefined ? null : withDocument(client, row);
}

/** Reports without their documents, newest first. */
export async function listReports(
  client: Client,
  { limit, companyId }: { limit: number; companyId?: string },
): Promise<ReportSummary[]> {
  const query = client.from('research_reports').select(SUMMARY);
  const filtered = companyId === undefined ? query : query.eq('company_id', companyId);
  const rows = unwrap(await filtered.order('created_at', { ascending: false }).limit(limit));
  return z.array(reportSummarySchema).parse(rows);
}

/**
 * Keeps the names of people in an ended report of the user's for longer than six months, or no longer.
 * @throws AppError `not_found`, `names_removed` when they are gone already.
 */
export async function keepReportNames(reportId: string, userId: string, kept: boolean): Promise<void> {
  const args = { p_report_id: reportId, p_user_id: userId, p_kept: kept };
  await callRpc(serviceClient(), 'keep_report_names', args, z.unknown());
}

async function withDocument(client: Client, data: unknown): Promise<Report> {
  const { document, companies, ...summary } = reportRowSchema.parse(data);
  if (document !== null) return { ...summary, document: reportDocumentSchema.parse(document) };
  const fragments = await savedFragments(client, summary.id);
  const meta = {
    reportId: summary.id,
    companyId: summary.company_id,
    companyName: summary.company_name,
    isDemo: companies?.is_demo ?? false,
    generatedAt: new Date(summary.created_at).toISOString(),
  };
  return { ...summary, document: partialDocument(fragments, meta) };
}

async function savedFragments(client: Client, reportId: string): Promise<SectionFragment[]> {
  const rows = unwrap(
    await client.from('report_sections').select('document').eq('report_id', reportId).order('position'),
  );
  return consecutiveSections(sectionRowsSchema.parse(rows).map(({ document }) => document));
}
