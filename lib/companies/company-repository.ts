import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { callRpc, toDatabaseError, unwrap } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import type { Database } from '@/types/database';
import { parseCompanyNumber } from './company-number';
import { type Company, type CompanyFact, type CompanyPage, companyFactSchema, companySchema } from './schema';

type Client = Pick<ServiceClient, 'from' | 'rpc'>;
type NewCompany = Database['public']['Tables']['companies']['Insert'];

export type CompanyQuery = {
  /** Name, words of it, its beginning, or a number or its beginning; all companies by name when absent. */
  q?: string | undefined;
  /** Status code of the register, such as `active`. */
  status?: string | undefined;
  /** SIC code of 4 or 5 digits. */
  sic?: string | undefined;
  /** `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** Companies on a page, 1 to 100; 25 when absent. */
  limit?: number | undefined;
};

/** The database looks no further into a result: whoever gets there should narrow the search. */
const LAST_OFFSET = 10_000;

/** @returns the company, or null when the id is unknown or cannot be a company number. */
export async function getCompany(client: Client, id: string): Promise<Company | null> {
  const number = parseCompanyNumber(id);
  if (number === null) return null;
  const row = unwrap(await client.from('companies').select().eq('id', number).maybeSingle());
  return row === null ? null : companySchema.parse(row);
}

/** @returns those of the companies with these numbers that the workspace knows, in no order. */
export async function listCompanies(client: Client, numbers: readonly string[]): Promise<Company[]> {
  if (numbers.length === 0) return [];
  const rows = unwrap(
    await client
      .from('companies')
      .select()
      .in('id', [...numbers]),
  );
  return z.array(companySchema).parse(rows);
}

/**
 * Adds a company, unless it is there already: of two who add the same one neither fails.
 * @param db the service role's: companies are everybody's, and nobody else may write them.
 * @returns the company as it now is in the table.
 */
export async function addCompany(db: ServiceClient, company: NewCompany): Promise<Company> {
  const { error, status } = await db.from('companies').upsert(company, { onConflict: 'id', ignoreDuplicates: true });
  if (error !== null) throw toDatabaseError(error, status);
  const added = await getCompany(db, company.id);
  if (added !== null) return added;
  throw new AppError('internal', { cause: new Error(`company ${company.id} was added and is not there`) });
}

/**
 * Searches by name (typing errors tolerated) or number, best first.
 * @throws AppError `invalid_request` for a cursor that this function did not give.
 */
export async function searchCompanies(client: Client, query: CompanyQuery): Promise<CompanyPage> {
  const limit = query.limit ?? 25;
  const offset = query.cursor === undefined ? 0 : decodeOffset(query.cursor);
  const rows = await callRpc(
    client,
    'search_companies',
    {
      p_query: query.q ?? null,
      p_status: query.status ?? null,
      p_sic: query.sic ?? null,
      // One more than is shown tells whether there is another page.
      p_limit: limit + 1,
      p_offset: offset,
    },
    z.array(companySchema),
  );
  const next = offset + limit;
  const more = rows.length > limit && next <= LAST_OFFSET;
  return { items: rows.slice(0, limit), next_cursor: more ? encodeOffset(next) : null };
}

/** What is known of a company beyond its row, each field with its source, by field name. */
export async function listCompanyFacts(client: Client, id: string): Promise<CompanyFact[]> {
  const rows = unwrap(
    await client
      .from('company_facts')
      .select('field, value, source, evidence, observed_at, confidence')
      .eq('company_id', id)
      .order('field'),
  );
  return z.array(companyFactSchema).parse(rows);
}

function encodeOffset(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url');
}

function decodeOffset(cursor: string): number {
  const offset = Buffer.from(cursor, 'base64url')
    .toString('utf8')
    .match(/^offset:(\d{1,5})$/)?.[1];
  if (offset !== undefined) return Number(offset);
  throw new AppError('invalid_request', {
    detail: 'The cursor is not one that this list has given. Start again without it.',
    extras: { errors: [{ in: 'query', field: 'cursor', problem: 'is not a cursor of this list' }] },
  });
}
