import { readAccounts } from '@/lib/sources/accounts/read-accounts';
import type { AccountsFigures } from '@/lib/sources/accounts/schema';

/** What the source of accounts answers with, read from tagged documents: the last accounts first. */
export function accountsAnswer(companyNumber: string, documents: readonly string[]): AccountsFigures {
  return {
    company_number: companyNumber,
    documents: documents.map((text, index) => {
      const reading = readAccounts(text);
      return {
        ...reading,
        document_id: `document${index}`,
        transaction_id: `filing${index}`,
        made_up_to: reading.balance_sheet_date,
        filed_on: reading.balance_sheet_date,
        title: `Filed accounts made up to ${reading.balance_sheet_date}`,
        url: `https://example.test/filing${index}`,
        retrieved_at: '2026-11-23T09:00:00.000Z',
        sha256: String(index).repeat(64),
      };
    }),
  };
}
