import { z } from 'zod';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route';
import { reportParamsSchema } from '@/lib/http/schema';
import { getReport } from '@/lib/research/report-repository';
import { createShare, listOpenShares, revokeShares } from '@/lib/shares/report-shares';
import { userClient } from '@/lib/supabase/user-client';

const NOT_YOURS = 'No report of yours has this id.';
const LONGEST_DAYS = 365;
const DAYS_PROBLEM = `must be a whole number of days from 1 to ${LONGEST_DAYS}`;

const body = z.strictObject({
  expires_in_days: z.int({ error: DAYS_PROBLEM }).min(1, DAYS_PROBLEM).max(LONGEST_DAYS, DAYS_PROBLEM).default(30),
});
const query = z.object({ share_id: z.uuid({ error: 'is not the id of a link' }).optional() });

/** The links to a report of the caller's that are open. Their addresses were shown once, when they were made. */
export const GET = route({ access: 'user', params: reportParamsSchema }, async ({ user, params }) => {
  const client = userClient(user.accessToken);
  if (!(await getReport(client, params.reportId))) throw new AppError('not_found', { detail: NOT_YOURS });
  const items = await listOpenShares(client, params.reportId, new Date());
  return Response.json({ items }, { headers: { 'cache-control': 'private, no-cache' } });
});

/** Makes a link under which anybody can read this report until a date. */
export const POST = route({ access: 'user', params: reportParamsSchema, body }, async ({ user, params, body }) => {
  const { share, token } = await createShare(params.reportId, user.id, body.expires_in_days, new Date());
  const url = new URL(`/share/${token}`, config().web.appUrl).href;
  return Response.json({ ...share, url }, { status: 201, headers: { 'cache-control': 'no-store' } });
});

/** Ends one link, or all links to the report; what has ended already stays so. */
export const DELETE = route({ access: 'user', params: reportParamsSchema, query }, async ({ user, params, query }) => {
  const client = userClient(user.accessToken);
  if (!(await getReport(client, params.reportId))) throw new AppError('not_found', { detail: NOT_YOURS });
  return Response.json({ revoked: await revokeShares(params.reportId, user.id, query.share_id ?? null) });
});
