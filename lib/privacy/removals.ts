import { z } from 'zod';
import { emailSchema } from '@/lib/auth/credentials';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import { callRpc, unwrap } from '@/lib/supabase/rpc';
import { type ServiceClient, serviceClient } from '@/lib/supabase/service-client';

const companyField = z
  .string()
  .trim()
  .default('')
  .transform((text, ctx) => {
    const number = text === '' ? null : parseCompanyNumber(text);
    if (text === '' || number !== null) return number;
    ctx.addIssue({ code: 'custom', message: 'This is not a company number. It looks like 00000006 or SC123456.' });
    return z.NEVER;
  });

/** What somebody fills in who does not want to be named. */
export const removalFormSchema = z.object({
  person_name: z
    .string({ error: 'Enter the full name.' })
    .trim()
    .max(200, 'This name is too long.')
    .regex(/^\S+[ ,].*\S$/u, 'Enter the full name, first name and surname.'),
  company_number: companyField,
  email: emailSchema,
  reason: z.string().trim().max(2_000, 'Use at most 2,000 characters.').default(''),
});
export type RemovalForm = z.infer<typeof removalFormSchema>;

const REMOVAL_STATUSES = ['open', 'accepted', 'declined'] as const;
const removalSchema = z.object({
  id: z.uuid(),
  person_name: z.string(),
  /** Null: everywhere. */
  company_id: z.string().nullable(),
  email: z.string().nullable(),
  reason: z.string(),
  status: z.enum(REMOVAL_STATUSES),
  created_at: z.string(),
  decided_at: z.string().nullable(),
  /** When the name had been taken out of everything that was there. */
  applied_at: z.string().nullable(),
});
export type Removal = z.infer<typeof removalSchema>;
const COLUMNS = 'id, person_name, company_id, email, reason, status, created_at, decided_at, applied_at';

/**
 * Notes the wish of somebody not to be named; the same wish that still waits is not noted twice.
 * @throws AppError `too_many_removals`
 */
export async function requestRemoval(form: RemovalForm): Promise<void> {
  const args = {
    p_person_name: form.person_name,
    p_company_id: form.company_number,
    p_email: form.email,
    p_reason: form.reason,
  };
  await callRpc(serviceClient(), 'request_removal', args, z.unknown());
}

/**
 * A page of the requests, newest first. For admins: whoever calls has to see to that.
 * @param filter.offset how many newer ones to leave out.
 */
export async function listRemovals({
  status,
  limit,
  offset,
}: {
  status: 'open' | 'decided';
  limit: number;
  offset: number;
}): Promise<{ items: Removal[]; total: number }> {
  const all = serviceClient().from('personal_data_removals').select(COLUMNS, { count: 'exact' });
  const result = await (status === 'open' ? all.eq('status', 'open') : all.neq('status', 'open'))
    .order('created_at', { ascending: false })
    .order('id')
    .range(offset, offset + limit - 1);
  return { items: z.array(removalSchema).parse(unwrap(result)), total: result.count ?? 0 };
}

/**
 * Accepts or declines a request, whatever was decided before; recorded in the audit log.
 * @throws AppError `not_found`
 */
export async function decideRemoval(id: string, accept: boolean, admin: { id: string; email: string }): Promise<void> {
  const args = { p_id: id, p_accept: accept, p_actor: admin.id, p_actor_email: admin.email };
  await callRpc(serviceClient(), 'decide_removal', args, z.unknown());
}

/**
 * The names that nothing about a company may hold.
 * @throws AppError `database_unavailable`: what cannot be looked up must not be written either.
 */
export async function removedNames(db: Pick<ServiceClient, 'from'>, companyNumber: string): Promise<string[]> {
  const rows = unwrap(
    await db
      .from('personal_data_removals')
      .select('person_name')
      .eq('status', 'accepted')
      .or(`company_id.is.null,company_id.eq.${companyNumber}`),
  );
  return rows.map(({ person_name }) => person_name);
}

/** Accepted requests that are not applied for good yet, those that wait longest first. */
export async function removalsToApply(db: Pick<ServiceClient, 'from'>): Promise<Removal[]> {
  const rows = unwrap(
    await db
      .from('personal_data_removals')
      .select(COLUMNS)
      .eq('status', 'accepted')
      .is('settled_at', null)
      .order('decided_at')
      .limit(50),
  );
  return z.array(removalSchema).parse(rows);
}
