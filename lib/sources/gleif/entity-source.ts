import type { z } from 'zod';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import { AppError } from '@/lib/errors';
import { parseDocument, parseJson } from '../outbound/json-answer';
import { providerSource } from '../provider-source';
import type { ProviderAccess } from '../providers';
import {
  exceptionAnswerSchema,
  type GleifParent,
  gleifEntitySchema,
  type LeiRecord,
  leiAnswerSchema,
  leiListSchema,
} from './schema';

/** Companies House of England and Wales, of Scotland and of Northern Ireland in GLEIF's list of registers. */
const BRITISH_REGISTERS = ['RA000585', 'RA000586', 'RA000587'];

/**
 * The legal entity identifier and the parents that a company reports. The join is exact: GLEIF holds the company number
 * under which the identifier was given out.
 */
export const gleifSource = providerSource({
  id: 'gleif.entity',
  provider: 'gleif',
  title: 'legal entity identifiers',
  lifetimeHours: 7 * 24,
  reliability: 0.98,
  sourceType: 'register',
  schema: gleifEntitySchema,
  page: ({ companyNumber }) => `https://search.gleif.org/#/search/simpleSearch=${encodeURIComponent(companyNumber)}`,
  emptyReason: 'GLEIF has no legal entity identifier under this company number.',
  async fetch(access, { companyNumber }) {
    const record = await findRecord(access, companyNumber);
    if (record === null) return null;
    const [direct, ultimate] = await Promise.all([
      readParent(access, record, 'direct-parent'),
      readParent(access, record, 'ultimate-parent'),
    ]);
    const json = { record, direct_parent: direct, ultimate_parent: ultimate };
    return { json, body: JSON.stringify(json) };
  },
});

async function findRecord(access: ProviderAccess, companyNumber: string): Promise<LeiRecord | null> {
  const query = new URLSearchParams({
    'filter[entity.registeredAs]': companyNumber,
    'filter[entity.legalAddress.country]': 'GB',
    'page[size]': '20',
  });
  const list = await ask(access, `/lei-records?${query}`, leiListSchema);
  const own = (list?.data ?? []).filter(({ attributes: { entity } }) => isCompany(entity, companyNumber));
  // Of an identifier that moved between issuers the record in force counts.
  return own.find(({ attributes }) => attributes.registration?.status === 'ISSUED') ?? own[0] ?? null;
}

/** The filter is the provider's; the join is ours. A foreign company can have the same number in its own register. */
function isCompany(entity: LeiRecord['attributes']['entity'], companyNumber: string): boolean {
  const { registeredAs, registeredAt } = entity;
  return BRITISH_REGISTERS.includes(registeredAt?.id ?? '') && parseCompanyNumber(registeredAs ?? '') === companyNumber;
}

/** The record names by its links what there is of a parent: a record, or the reason for which none is reported. */
async function readParent(
  access: ProviderAccess,
  { id, relationships }: LeiRecord,
  relation: 'direct-parent' | 'ultimate-parent',
): Promise<GleifParent> {
  const links = relationships?.[relation]?.links ?? {};
  const path = `/lei-records/${encodeURIComponent(id)}/${relation}`;
  if ('lei-record' in links) {
    const parent = await ask(access, path, leiAnswerSchema);
    return { record: parent?.data ?? null, exception: null };
  }
  if (!('reporting-exception' in links)) return { record: null, exception: null };
  const exception = await ask(access, `${path}-reporting-exception`, exceptionAnswerSchema);
  return { record: null, exception: exception?.data ?? null };
}

/** @returns null for "not found". */
async function ask<T>(access: ProviderAccess, path: string, schema: z.ZodType<T>): Promise<T | null> {
  const answer = await access.get(path, { accept: 'application/vnd.api+json' });
  if (answer.status === 404) return null;
  if (answer.status !== 200) {
    throw new AppError('provider_contract', { detail: `${access.name} answered with status ${answer.status}` });
  }
  return parseDocument(access.name, schema, parseJson(access.name, answer), 'identifiers');
}
