import { toDay } from '@/lib/companies/register/calendar';
import type { FilingHistory } from '../companies-house/schema';

/** Accounts on the register, as the filing history lists them. */
export type AccountsFiling = {
  transactionId: string;
  /** Of the Document API; null where the register has no document of it (yet). */
  documentId: string | null;
  /** The balance sheet date, `YYYY-MM-DD`. */
  madeUpTo: string | null;
  filedOn: string | null;
};

/** Whether a filing is accounts or amended accounts; `AA01` to `AA06` are notices about accounting dates and audits. */
export function isAccounts({ category, type }: FilingHistory['items'][number]): boolean {
  return category === 'accounts' && /^AA(?!\d)/.test(type ?? '');
}

/**
 * The accounts of a filing history: the latest balance sheet first, and of one balance sheet the last that was filed,
 * since amended accounts replace the first ones.
 */
export function accountsFilings({ items }: FilingHistory): AccountsFiling[] {
  const filings = items
    .filter(isAccounts)
    .map((item) => ({
      transactionId: item.transaction_id ?? '',
      documentId: documentId(item.links?.document_metadata),
      madeUpTo: toDay(item.description_values?.made_up_date) ?? toDay(item.action_date),
      filedOn: toDay(item.date),
    }))
    .sort((a, b) => compare(b.madeUpTo, a.madeUpTo) || compare(b.filedOn, a.filedOn));
  return filings.filter(({ madeUpTo }, index) => index === 0 || madeUpTo !== filings[index - 1]?.madeUpTo);
}

/** Older records name another host than the Document API; the id is the same. */
function documentId(link: string | null | undefined): string | null {
  return /\/document\/([\w-]+)\/?$/.exec(link ?? '')?.[1] ?? null;
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
