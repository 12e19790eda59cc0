import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import { sharedData } from './shared-data';

/** A real answer of the register, out of the file that some recorder wrapped it in. */
export type RealAnswer = { file: string; resource: string; companyNumber: string | null; body: unknown };

export type RealRecordings = {
  /** Numbers of all companies with at least one recorded answer. */
  companies: string[];
  /** Those of them whose profile was recorded. */
  profiles: string[];
};

const links = z.looseObject({ links: z.looseObject({ self: z.string() }) });
const numbered = z.looseObject({ company_number: z.string() });
const listed = z.looseObject({ items: z.array(z.looseObject({})) });
const wrapped = z.looseObject({ request: z.looseObject({ uri: z.string() }), body: z.unknown() });

/** Every real answer in the shared data that belongs to one company, with its API resource (`profile`, `officers`, ...). */
export function realAnswers(): RealAnswer[] {
  const root = sharedData('ch-api-real');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file) => {
    const content: unknown = JSON.parse(readFileSync(join(root, file), 'utf8'));
    const recorder = wrapped.safeParse(content);
    const body = recorder.success ? recorder.data.body : content;
    const resource = resourceOf(body);
    if (resource === null) return [];
    const companyNumber = numberOf(body) ?? (recorder.success ? numberInPath(recorder.data.request.uri) : null);
    return [{ file, resource, companyNumber, body }];
  });
}

/**
 * Lays out the real answers as recordings for the sandbox. Answers that do not say whose they are stay out.
 * @param folder becomes a folder for SANDBOX_RECORDINGS.
 * @param options.derived also lays out the 108 companies whose profile, directors and last filings a public project kept
 * in a condensed form: their values are real, the documents around them are put together here.
 */
export function buildRealRecordings(folder: string, { derived = false } = {}): RealRecordings {
  const companies = new Set<string>();
  const profiles = new Set<string>();
  const record = (number: string, resource: string, body: unknown) => {
    const path = resource === 'profile' ? `${number}.json` : join(number, `${resource}.json`);
    const file = join(folder, 'companies-house', 'company', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(body));
    companies.add(number);
    if (resource === 'profile') profiles.add(number);
  };
  if (derived) for (const { number, resource, body } of derivedAnswers()) record(number, resource, body);
  for (const { companyNumber, resource, body } of realAnswers()) {
    if (companyNumber !== null) record(companyNumber, resource, body);
  }
  return { companies: [...companies].sort(), profiles: [...profiles].sort() };
}

function resourceOf(body: unknown): string | null {
  if (has(body, 'company_status') && has(body, 'company_name') && has(body, 'date_of_creation')) return 'profile';
  if (has(body, 'filing_history_status')) return 'filing-history';
  if (has(body, 'cases')) return 'insolvency';
  if (has(body, 'exemptions')) return 'exemptions';
  if (has(body, 'registers')) return 'registers';
  if (has(body, 'kind') && z.object({ kind: z.literal('officer-list') }).safeParse(body).success) return 'officers';
  if (has(body, 'kind') && z.object({ kind: z.literal('related-companies') }).safeParse(body).success)
    return 'uk-establishments';
  if (has(body, 'unfiltered_count')) return 'charges';
  const items = listed.safeParse(body);
  if (!items.success || !has(body, 'ceased_count')) return null;
  const statements = items.data.items.some((item) => 'statement' in item);
  return statements ? 'persons-with-significant-control-statements' : 'persons-with-significant-control';
}

function has(body: unknown, member: string): boolean {
  return typeof body === 'object' && body !== null && member in body;
}

function numberOf(body: unknown): string | null {
  const profile = numbered.safeParse(body);
  if (profile.success) return parseCompanyNumber(profile.data.company_number);
  const own = links.safeParse(body);
  if (own.success) return numberInPath(own.data.links.self);
  const [first] = listed.safeParse(body).data?.items ?? [];
  const item = links.safeParse(first);
  return item.success ? numberInPath(item.data.links.self) : null;
}

function numberInPath(path: string): string | null {
  const [, number] = /\/company\/([A-Z0-9]+)/.exec(path) ?? [];
  return number === undefined ? null : parseCompanyNumber(number);
}

/** The condensed form writes N/A where the register has nothing. */
const dateOrNothing = z.string().transform((text) => (text === 'N/A' ? null : text));
const condensed = z.array(
  z.object({
    companyNumber: z.string(),
    companyName: z.string(),
    companyStatus: z.string(),
    companyType: z.string(),
    incorporationDate: dateOrNothing,
    nextAccountsDueDate: dateOrNothing,
    lastAccountsMadeUpTo: dateOrNothing,
    nextConfirmationStatementDueDate: dateOrNothing,
    confirmationStatementLastMadeUpTo: dateOrNothing,
    directors: z.array(z.object({ name: z.string(), appointmentDate: dateOrNothing })),
    filingHistory: z.array(z.object({ date: z.string(), type: z.string(), description: z.string() })),
  }),
);
type Condensed = z.infer<typeof condensed>[number];

function derivedAnswers(): { number: string; resource: string; body: unknown }[] {
  const content: unknown = JSON.parse(readFileSync(sharedData('ch-api-derived/benpals-108-companies.json'), 'utf8'));
  return condensed.parse(content).flatMap((company) => {
    const number = company.companyNumber;
    return [
      { number, resource: 'profile', body: profileOf(company) },
      { number, resource: 'officers', body: officersOf(company) },
      { number, resource: 'filing-history', body: filingsOf(company) },
    ];
  });
}

function profileOf(company: Condensed) {
  return {
    company_name: company.companyName,
    company_number: company.companyNumber,
    company_status: company.companyStatus,
    type: company.companyType,
    date_of_creation: company.incorporationDate,
    accounts: { next_due: company.nextAccountsDueDate, last_accounts: { made_up_to: company.lastAccountsMadeUpTo } },
    confirmation_statement: {
      next_due: company.nextConfirmationStatementDueDate,
      last_made_up_to: company.confirmationStatementLastMadeUpTo,
    },
  };
}

function officersOf({ directors }: Condensed) {
  const items = directors.map((director) => ({
    name: director.name,
    officer_role: 'director',
    appointed_on: director.appointmentDate,
  }));
  return { kind: 'officer-list', items, total_results: items.length, items_per_page: 35, start_index: 0 };
}

function filingsOf({ companyNumber, filingHistory }: Condensed) {
  const items = filingHistory.map((filing, index) => ({ ...filing, transaction_id: `${companyNumber}-${index}` }));
  return {
    filing_history_status: 'filing-history-available',
    items,
    total_count: items.length,
    items_per_page: 25,
    start_index: 0,
  };
}
