import type { PlacedFigure } from '@/lib/companies/register/figure-years';
import type { AccountsFigures } from '@/lib/sources/accounts/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import { type Citation, cite } from '../evidence/citations';

export type FoundAccounts = Extract<SourceOutcome<AccountsFigures>, { outcome: 'ok' }>;
export type CitedFigure = Pick<PlacedFigure, 'fact'> & { citation: Citation };

const FACT_MEMBERS = ['text', 'scale', 'sign', 'unit', 'pence', 'count', 'start', 'end'];

/** A figure with its place, ready to be stated. */
export function citedFigure(accounts: FoundAccounts, { fact, index, locator }: PlacedFigure): CitedFigure {
  const document = accounts.data.documents[index];
  const publishedAt = document?.filed_on ?? null;
  const citation = cite(accounts, locator, { members: FACT_MEMBERS, basis: 'accounts', since: fact.end, publishedAt });
  if (document === undefined) return { fact, citation };
  const { title, url, sha256, retrieved_at: retrievedAt } = document;
  return {
    fact,
    citation: { ...citation, origin: { ...accounts.origin, title, url, sha256, retrievedAt, publishedAt } },
  };
}
