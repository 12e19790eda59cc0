import { AppError } from '@/lib/errors';
import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import { createSources } from '@/lib/sources/registry';
import { serviceClient } from '@/lib/supabase/service-client';
import { isDemoNumber, parseCompanyNumber } from '../company-number';
import { addCompany } from '../company-repository';
import { profileColumns } from '../register/profile-columns';
import type { Company } from '../schema';
import { askRegister } from './ask-register';

const LIMIT_MS = 3_000;

/**
 * Adds a company that nobody has imported, from its entry in the register. The entry is kept like every answer of the
 * register, so that a job which begins now does not pay for it again.
 * @param number the eight characters of the register.
 * @returns the company; null when the register has none with this number.
 * @throws AppError `register_unavailable` when the register could not be asked, `database_unavailable`.
 */
export async function addFromRegister(number: string): Promise<Company | null> {
  const entry = await askRegister(LIMIT_MS, (signal) => readEntry(number, signal));
  if (entry === null) return null;
  const { profile, readAt } = entry;
  const columns = profileColumns(profile);
  return addCompany(serviceClient(), {
    id: number,
    ...columns,
    name: columns.name.replace(/\s+/g, ' ').trim(),
    register_read_at: readAt,
    is_demo: isDemoNumber(number),
  });
}

type Entry = { profile: CompanyProfile; readAt: string };

async function readEntry(number: string, signal: AbortSignal): Promise<Entry | null> {
  const sources = createSources({ signal, now: () => new Date(), db: serviceClient() });
  const answer = await sources.read('companies_house.profile', { companyNumber: number });
  switch (answer.outcome) {
    case 'ok':
      return { profile: ofNumber(answer.data, number), readAt: answer.origin.retrievedAt };
    case 'empty':
      // That there was none some days ago says nothing about now.
      if (answer.origin.stale) throw new AppError('provider_unavailable');
      return null;
    case 'unavailable': {
      const retryAt = answer.retryAt === null ? {} : { retryAt: new Date(answer.retryAt) };
      throw new AppError(answer.code, { detail: answer.reason, ...retryAt });
    }
    case 'skipped':
      throw new AppError('misconfigured', { detail: answer.reason });
  }
}

/** @throws AppError `provider_contract` for the entry of another company, which would then stand under this number. */
function ofNumber(profile: CompanyProfile, number: string): CompanyProfile {
  if (parseCompanyNumber(profile.company_number) === number) return profile;
  throw new AppError('provider_contract', { detail: 'Companies House answered for another company number' });
}
