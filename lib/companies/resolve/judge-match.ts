import { parseCompanyNumber } from '../company-number';
import { companyNameKey } from '../name-key';

/** What has to be known of a company to tell whether it is meant. */
export type Candidate = {
  id: string;
  name: string;
  /** Status code of the register, such as `active`. */
  status: string | null;
  previous_names?: readonly { name: string; ceased_on?: string | null | undefined }[] | undefined;
};

/** How a company fits a query, best first. */
export const MATCHES = ['number', 'name', 'name_without_form', 'previous_name', 'other_form', 'alike'] as const;
export type Match = (typeof MATCHES)[number];

export type Judged<C extends Candidate> = { company: C; match: Match; reasons: string[] };

/** Legal forms as `companyNameKey` leaves them, at the end of a name. */
const FORM = / (LTD|PLC|LLP|LP|CIC|CIO|CYF|CCC|CBC|UNLIMITED|UNLTD|INC|LLC|GMBH|SA|BV|NV|AG|PAC|PCC)$/;

/** How one company fits what a person wrote, and why. Never a measure of likelihood: each match is a fact about the names. */
export function judgeMatch<C extends Candidate>(query: string, company: C): Judged<C> {
  const { match, reason } = matchOf(query, company);
  return { company, match, reasons: [reason, ...standing(company)] };
}

/** Where two companies stand in a list of candidates: by match, those that trade first. */
export function byMatch<C extends Candidate>(a: Judged<C>, b: Judged<C>): number {
  const order = MATCHES.indexOf(a.match) - MATCHES.indexOf(b.match);
  return order !== 0 ? order : Number(b.company.status === 'active') - Number(a.company.status === 'active');
}

function matchOf(query: string, company: Candidate): { match: Match; reason: string } {
  if (parseCompanyNumber(query) === company.id) return { match: 'number', reason: 'This is its company number' };
  const [wanted, name] = [nameParts(query), nameParts(company.name)];
  if (wanted.key === name.key) return { match: 'name', reason: 'This is its name' };
  const isSameBase = wanted.base === name.base;
  if (isSameBase && wanted.form === null)
    return { match: 'name_without_form', reason: 'This is its name without the legal form' };
  const former = (company.previous_names ?? []).find((previous) => isSameName(wanted, nameParts(previous.name)));
  if (former) return { match: 'previous_name', reason: formerly(former) };
  if (isSameBase) return { match: 'other_form', reason: 'It has this name with another legal form' };
  return { match: 'alike', reason: 'Its name is similar' };
}

function isSameName(wanted: NameParts, name: NameParts): boolean {
  return wanted.key === name.key || (wanted.form === null && wanted.base === name.base);
}

function formerly({ name, ceased_on }: { name: string; ceased_on?: string | null | undefined }): string {
  return `It was called ${name}${ceased_on ? ` until ${ceased_on}` : ''}`;
}

function standing({ status }: Candidate): string[] {
  return status === null || status === 'active' ? [] : [`Status: ${status.replace(/-/g, ' ')}`];
}

type NameParts = { key: string; base: string; form: string | null };

function nameParts(name: string): NameParts {
  const key = companyNameKey(name);
  const form = FORM.exec(key)?.[1] ?? null;
  return { key, base: form === null ? key : key.slice(0, -form.length - 1), form };
}
