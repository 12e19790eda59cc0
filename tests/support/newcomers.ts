import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Invented companies that the sandbox's register has and the workspace has never heard of. Each test works on its own:
 * once looked up, a company is known. Nobody's numbers begin with TX.
 */
export const NEWCOMERS = {
  opened: { number: 'TX000001', name: 'GOOSEFEATHER  OBSERVATORY LIMITED' },
  researched: { number: 'TX000002', name: 'MOONCALF LADLES LIMITED' },
  enriched: { number: 'TX000003', name: 'SALTMARSH ABACUS LIMITED' },
  scored: { number: 'TX000004', name: 'BRINDLE TELEGRAPH LIMITED' },
  watched: { number: 'TX000005', name: 'OXBOW METRONOMES LIMITED' },
  crowded: { number: 'TX000006', name: 'PEPPERCORN FUNICULAR LIMITED' },
  found: { number: 'TX000007', name: 'WHIMBREL CLOCKWORKS LIMITED' },
  homonym: { number: 'TX000008', name: 'ORRERYFIELD LIMITED' },
  renamed: { number: 'TX000009', name: 'NEWER QUINCEGROVE LIMITED', formerly: 'OLDER QUINCEGROVE LIMITED' },
  byNumber: { number: 'TX000010', name: 'TANSY LIGHTHOUSES LIMITED' },
  clicked: { number: 'TX000011', name: 'FERNHOLLOW CAROUSELS LIMITED' },
  typed: { number: 'TX000012', name: 'FERNHOLLOW KALEIDOSCOPES LIMITED', status: 'dissolved' },
  commanded: { number: 'TX000013', name: 'DRIFTGLASS BAROMETERS LIMITED' },
  unreachable: { number: 'TX000014', name: 'CLOUDBERRY HARMONICAS LIMITED' },
} satisfies Record<string, Newcomer>;

type Newcomer = { number: string; name: string; formerly?: string; status?: string };

/** @returns the folder, laid out as the sandbox reads it. */
export function recordNewcomers(folder: string): string {
  const companies = join(folder, 'companies-house', 'company');
  mkdirSync(companies, { recursive: true });
  for (const newcomer of Object.values<Newcomer>(NEWCOMERS)) {
    writeFileSync(join(companies, `${newcomer.number}.json`), JSON.stringify(toProfile(newcomer)));
  }
  return folder;
}

function toProfile({ number, name, formerly, status = 'active' }: Newcomer) {
  return {
    company_name: name,
    company_number: number,
    company_status: status,
    type: 'ltd',
    jurisdiction: 'england-wales',
    date_of_creation: '2015-03-04',
    ...(status === 'dissolved' && { date_of_cessation: '2024-05-06' }),
    registered_office_address: {
      premises: '3',
      address_line_1: 'Nowhere Lane',
      locality: 'Little Pretend',
      postal_code: 'ZZ1 3ZZ',
    },
    sic_codes: ['26520'],
    accounts: {
      next_accounts: { due_on: '2027-12-31' },
      last_accounts: { type: 'micro-entity', made_up_to: '2026-03-31' },
    },
    confirmation_statement: { next_due: '2027-03-18', last_made_up_to: '2026-03-04' },
    ...(formerly !== undefined && {
      previous_company_names: [{ name: formerly, effective_from: '2015-03-04', ceased_on: '2020-01-02' }],
    }),
    links: { self: `/company/${number}` },
  };
}
