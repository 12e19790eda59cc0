import { searchCompaniesHouse } from '@/lib/sources/companies-house/search-companies';
import { sharedAccess } from '@/lib/sources/outbound/shared-access';
import { memoryCache } from '@/lib/sources/source-cache';
import type { RegisterCompany } from '../schema';
import { askRegister } from './ask-register';
import { toRegisterCompany } from './to-register-company';

const LIMIT_MS = 2_000;

/**
 * Searches the register by name, within the budget that all jobs share.
 * @param limit results at most, 1 to 100.
 * @returns companies in the register's own ranking, those of the workspace among them.
 * @throws AppError `register_unavailable` when the register could not be asked.
 */
export async function searchRegister(text: string, limit: number): Promise<RegisterCompany[]> {
  return askRegister(LIMIT_MS, async (signal) => {
    const access = sharedAccess({ signal, now: () => new Date(), cache: memoryCache() });
    const { items } = await searchCompaniesHouse(access, text, limit);
    return items.flatMap((item) => toRegisterCompany(item) ?? []);
  });
}
