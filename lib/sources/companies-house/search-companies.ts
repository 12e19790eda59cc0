import { AppError } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import { parseDocument } from '../outbound/json-answer';
import { getDocument, PROVIDER } from './client';
import { type CompanySearch, companySearchSchema } from './schema';

/**
 * Searches the register by name or number. Not kept: the register's ranking changes from day to day.
 * @param query words of the name, or a number.
 * @param limit results at most, 1 to 100.
 * @returns the register's own ranking; homonyms and dissolved companies included.
 * @throws AppError `misconfigured` without a key, and everything that reading a document throws.
 */
export async function searchCompaniesHouse(
  ctx: Pick<SourceContext, 'provider'>,
  query: string,
  limit = 20,
): Promise<CompanySearch> {
  if (!ctx.provider('companies_house').isConfigured)
    throw new AppError('misconfigured', { detail: `${PROVIDER} key not configured` });
  const parameters = new URLSearchParams({ q: query, items_per_page: String(limit) });
  const document = await getDocument(ctx, `/search/companies?${parameters}`);
  if (document.kind !== 'document') return { items: [], total_results: 0 };
  return parseDocument(PROVIDER, companySearchSchema, document.json, 'search');
}
