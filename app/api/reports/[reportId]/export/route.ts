import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route';
import { reportParamsSchema } from '@/lib/http/schema';
import { EXPORT_FORMATS, exportReport } from '@/lib/research/export/export-report';
import { getReport } from '@/lib/research/report-repository';
import { userClient } from '@/lib/supabase/user-client';

const query = z.object({ format: z.enum(EXPORT_FORMATS, { error: 'must be pdf, md or json' }).default('json') });

/** A report of the caller's as a file: typeset, as Markdown, or as the document for other software. */
export const GET = route({ access: 'user', params: reportParamsSchema, query }, async ({ user, params, query }) => {
  const report = await getReport(userClient(user.accessToken), params.reportId);
  if (!report) throw new AppError('not_found', { detail: 'No report of yours has this id.' });
  if (report.status === 'pending' || report.status === 'running') throw new AppError('report_not_finished');
  const { body, contentType, fileName } = await exportReport(report, query.format);
  return new Response(body, {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'private, no-cache',
    },
  });
});
