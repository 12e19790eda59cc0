import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route';
import { reportParamsSchema } from '@/lib/http/schema';
import { getReport } from '@/lib/research/report-repository';
import { userClient } from '@/lib/supabase/user-client';

const query = z.object({ format: z.enum(['json'], { error: 'must be json' }).default('json') });

/** The finished report as one document, for keeping or for other software. */
export const GET = route({ access: 'user', params: reportParamsSchema, query }, async ({ user, params }) => {
  const report = await getReport(userClient(user.accessToken), params.reportId);
  if (!report) throw new AppError('not_found', { detail: 'No report of yours has this id.' });
  const { company, generated_at } = report.document.report;
  const fileName = `oppspot-${company.company_number}-${generated_at.slice(0, 10)}.json`;
  return new Response(JSON.stringify(report.document, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'private, no-cache',
    },
  });
});
