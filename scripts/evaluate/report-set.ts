import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { addDays } from '@/lib/companies/register/calendar';
import { DEMO_RECORDINGS } from '@/sandbox/recordings';
import { startSandbox } from '@/sandbox/start-sandbox';
import { recordAccounts } from '@/tests/support/accounts-recordings';
import { type ReferenceRow, referenceRows } from '@/tests/support/accounts-reference';
import { buildRealRecordings } from '@/tests/support/real-recordings';
import { hasSharedData, sharedData } from '@/tests/support/shared-data';
import { NOW, type Research, researchInSandbox } from '@/tests/unit/research/research-stand';
import { PLENTY, plentyForAll } from './plenty';

export type RegisterResource = 'profile' | 'officers' | 'charges';

/** A report that is evaluated, with what its sources answered. */
export type EvaluatedReport = Research & {
  number: string;
  /** `demo`: invented; `register`: real answers of the register; `accounts`: real filed accounts. */
  kind: 'demo' | 'register' | 'accounts';
  /** The independent reading of its accounts, of reports of kind `accounts`. */
  reference: ReferenceRow | null;
  /** The register's own answers as they were recorded, by resource. */
  recorded: Readonly<Record<RegisterResource, unknown>>;
  /** Whether a second run on the same answers at the same time gave the same bytes. */
  isRepeatable: boolean;
};

/**
 * Researches every company there are recordings of: the invented ones, the real recorded ones, and one for each real set
 * of filed accounts of the development rows.
 */
export async function researchAll(): Promise<EvaluatedReport[]> {
  const folder = mkdtempSync(join(tmpdir(), 'oppspot-evaluation-'));
  const real = hasSharedData ? buildRealRecordings(folder, { derived: true }) : { companies: [] };
  const accounts = hasSharedData ? await layOutAccounts(folder, new Set(real.companies)) : [];
  const sandbox = await startSandbox({ recordings: [folder], rateLimit: PLENTY.limit, rates: plentyForAll() });
  const reports: EvaluatedReport[] = [];
  const add = async (number: string, facts: Pick<EvaluatedReport, 'kind' | 'reference'>, now = NOW) => {
    const recorded = recordedOf(facts.kind === 'demo' ? DEMO_RECORDINGS : folder, number);
    const options = { isDemo: facts.kind === 'demo', now, ...knownFrom(recorded.profile) };
    const first = await researchInSandbox(sandbox.url, number, options);
    const second = await researchInSandbox(sandbox.url, number, options);
    const isRepeatable = JSON.stringify(first.document) === JSON.stringify(second.document);
    reports.push({ ...first, ...facts, number, isRepeatable, recorded });
  };
  try {
    for (const number of demoCompanies()) await add(number, { kind: 'demo', reference: null });
    for (const number of real.companies) await add(number, { kind: 'register', reference: null });
    for (const row of accounts) {
      const now = new Date(`${addDays(row.balanceSheetDate, 1)}T09:00:00Z`);
      await add(row.companyNumber, { kind: 'accounts', reference: row }, now);
    }
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return reports;
}

export function demoCompanies(): string[] {
  return readdirSync(join(DEMO_RECORDINGS, 'companies-house', 'company'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace('.json', ''));
}

function recordedOf(folder: string, number: string): EvaluatedReport['recorded'] {
  const company = join(folder, 'companies-house', 'company');
  const read = (resource: RegisterResource) => {
    const file = resource === 'profile' ? join(company, `${number}.json`) : join(company, number, `${resource}.json`);
    const content: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
    return content;
  };
  return { profile: read('profile'), officers: read('officers'), charges: read('charges') };
}

const entry = z.looseObject({
  company_name: z.string(),
  registered_office_address: z.looseObject({ postal_code: z.string().nullish() }).nullish(),
});

/** What an installation that has imported the register's file knows of a company before it asks anybody. */
function knownFrom(profile: unknown): { known?: { companyName: string; postcode: string | null } } {
  const { success, data } = entry.safeParse(profile);
  if (!success) return {};
  return {
    known: { companyName: data.company_name, postcode: data.registered_office_address?.postal_code ?? null },
  };
}

/** Puts each real set of accounts under an invented register entry with the company's number. */
async function layOutAccounts(folder: string, taken: Set<string>): Promise<ReferenceRow[]> {
  const rows = referenceRows().filter(({ companyNumber }) => {
    const isNew = !taken.has(companyNumber);
    taken.add(companyNumber);
    return isNew;
  });
  for (const { companyNumber, balanceSheetDate, file } of rows) {
    const document = readFileSync(sharedData('accounts', file), 'utf8');
    const recorded = await recordAccounts(companyNumber, [
      { madeUpTo: balanceSheetDate, filedOn: balanceSheetDate, document },
    ]);
    cpSync(recorded, folder, { recursive: true });
    rmSync(recorded, { recursive: true, force: true });
  }
  return rows;
}
