import type { SessionUser } from '@/lib/auth/session';
import { getCompany } from '@/lib/companies/company-repository';
import { addFromRegister } from '@/lib/companies/from-register/add-from-register';
import type { Company } from '@/lib/companies/schema';
import { AppError } from '@/lib/errors';
import { userClient } from '@/lib/supabase/user-client';
import { limitRegisterReads } from './limit-requests';

/**
 * The company with a number: the workspace's, or else the register's, which is added to the workspace.
 * @param number the eight characters of the register.
 * @throws AppError `company_not_found` when neither has it; `register_unavailable` or `rate_limited` when the register
 *   could not be asked; `database_unavailable`.
 */
export async function findCompany(user: SessionUser, number: string): Promise<Company> {
  return (await getCompany(userClient(user.accessToken), number)) ?? addCompanyFor(user, number);
}

/** As `findCompany`, for a number that the workspace is known not to have. */
export async function addCompanyFor(user: SessionUser, number: string): Promise<Company> {
  await limitRegisterReads(user.id);
  const company = await addFromRegister(number);
  if (company !== null) return company;
  const detail = `Companies House has no company with the number ${number}. Check the number, or search by name.`;
  throw new AppError('company_not_found', { detail });
}
