import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sandboxProfile } from './sandbox-profile';

export type RecordedAccounts = {
  madeUpTo: string;
  filedOn?: string;
  type?: string;
  /** The tagged document; null for a filing that is a scan only. */
  document: string | null;
};

/**
 * Writes recordings of a company with filed accounts for the sandbox.
 * @returns the folder.
 */
export async function recordAccounts(
  companyNumber: string,
  accounts: readonly RecordedAccounts[],
  accountType = 'total-exemption-full',
): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'accounts-'));
  const company = path.join(folder, 'companies-house', 'company');
  const documents = path.join(folder, 'companies-house', 'document');
  await mkdir(path.join(company, companyNumber), { recursive: true });
  await mkdir(documents, { recursive: true });
  const last = accounts[0]?.madeUpTo ?? '2025-03-31';
  await writeFile(path.join(company, `${companyNumber}.json`), sandboxProfile(companyNumber, last, accountType));
  const items = accounts.map(({ madeUpTo, filedOn = '2025-12-01', type = 'AA' }, index) => ({
    transaction_id: `filing${index}`,
    type,
    category: 'accounts',
    date: filedOn,
    description: `accounts-with-accounts-type-${accountType}`,
    description_values: { made_up_date: madeUpTo },
    links: {
      document_metadata: `https://frontend-doc-api.companieshouse.gov.uk/document/${documentId(companyNumber, index)}`,
    },
  }));
  const history = { filing_history_status: 'filing-history-available', total_count: items.length, items };
  await writeFile(path.join(company, companyNumber, 'filing-history.json'), JSON.stringify(history));
  for (const [index, { document }] of accounts.entries()) {
    const file = path.join(documents, documentId(companyNumber, index));
    const forms = document === null ? {} : { 'application/xhtml+xml': { content_length: document.length } };
    const resources = { 'application/pdf': { content_length: 1_000 }, ...forms };
    await writeFile(`${file}.json`, JSON.stringify({ company_number: companyNumber, category: 'accounts', resources }));
    if (document !== null) await writeFile(`${file}.xhtml`, document);
  }
  return folder;
}

/** Id of the document of a recorded filing. */
export function documentId(companyNumber: string, index: number): string {
  return `doc-${companyNumber}-${index}`;
}
