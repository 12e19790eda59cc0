import { addDays } from 'date-fns';
import { z } from 'zod';
import { type ReportDocument, reportDocumentSchema } from '@/lib/research/schema';
import { callRpc, unwrap } from '@/lib/supabase/rpc';
import { type ServiceClient, serviceClient } from '@/lib/supabase/service-client';
import { hashShareToken, newShareToken } from './share-token';

/** A link under which a report may be read without an account; instants are ISO. */
const shareSchema = z.object({
  id: z.uuid(),
  created_at: z.string(),
  expires_at: z.string(),
  revoked_at: z.string().nullable(),
});
export type ReportShare = z.infer<typeof shareSchema>;

const sharedReportSchema = z.object({ document: reportDocumentSchema, expires_at: z.string() }).nullable();
export type SharedReport = { document: ReportDocument; expires_at: string };

/**
 * Makes a link to a finished report.
 * @param days from `now` until it ends.
 * @returns the share and its token, which exists nowhere else from now on.
 * @throws AppError `not_found` unless it is a finished report of this user; `too_many_shares`.
 */
export async function createShare(
  reportId: string,
  userId: string,
  days: number,
  now: Date,
): Promise<{ share: ReportShare; token: string }> {
  const token = newShareToken();
  const args = {
    p_report_id: reportId,
    p_user_id: userId,
    p_token_sha256: hashShareToken(token) ?? '',
    p_expires_at: addDays(now, days).toISOString(),
  };
  return { share: await callRpc(serviceClient(), 'create_report_share', args, shareSchema), token };
}

/**
 * The links to a report that are open, newest first.
 * @param client of the user: row-level security hides links of others.
 */
export async function listOpenShares(
  client: Pick<ServiceClient, 'from'>,
  reportId: string,
  now: Date,
): Promise<ReportShare[]> {
  const rows = unwrap(
    await client
      .from('report_shares')
      .select('id, created_at, expires_at, revoked_at')
      .eq('report_id', reportId)
      .is('revoked_at', null)
      .gt('expires_at', now.toISOString())
      .order('created_at', { ascending: false }),
  );
  return z.array(shareSchema).parse(rows);
}

/**
 * Ends links to a report at once.
 * @param shareId one of them; null ends all.
 * @returns how many were open until now.
 */
export function revokeShares(reportId: string, userId: string, shareId: string | null): Promise<number> {
  const args = { p_report_id: reportId, p_user_id: userId, p_share_id: shareId };
  return callRpc(serviceClient(), 'revoke_report_shares', args, z.int());
}

/** @returns null for a token that is unknown, has run out or was revoked: they are not told apart. */
export async function readSharedReport(token: string): Promise<SharedReport | null> {
  const hash = hashShareToken(token);
  if (hash === null) return null;
  return callRpc(serviceClient(), 'read_shared_report', { p_token_sha256: hash }, sharedReportSchema);
}
