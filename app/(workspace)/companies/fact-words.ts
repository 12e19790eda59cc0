import { z } from 'zod';
import { formatDate, formatValue } from '@/components/format/format-value';
import {
  accountTypeText,
  companyStatusText,
  companyTypeText,
  insolvencyCaseText,
  jurisdictionText,
  natureOfControlText,
  officerRoleText,
  pscStatementText,
  statusDetailText,
} from '@/lib/companies/enumerations/register-text';
import { sicText } from '@/lib/companies/enumerations/sic-text';

const text = z.string();
const day = z.string().nullish();
const addressSchema = z.partialRecord(
  z.enum(['care_of', 'po_box', 'line_1', 'line_2', 'locality', 'region', 'postal_code', 'country']),
  z.string().nullish(),
);
const referenceDateSchema = z.object({ day: z.number(), month: z.number() });
const previousNamesSchema = z.array(z.object({ name: text, effective_from: day, ceased_on: day }));
const officersSchema = z.array(
  z.object({ name: text, role: text, appointed_on: day, occupation: z.string().nullish() }),
);
const ownersSchema = z.array(
  z.object({ name: z.string().nullable(), natures_of_control: z.array(text), notified_on: day }),
);
const statementsSchema = z.array(z.object({ statement: text, notified_on: day }));
const casesSchema = z.array(z.object({ type: text, opened_on: day }));

/** How the value of a field reads; a field that is not named here is shown as it is. */
const WORDS: Readonly<Record<string, (value: unknown) => string>> = {
  status: said(text, companyStatusText),
  status_detail: said(text, statusDetailText),
  company_type: said(text, companyTypeText),
  jurisdiction: said(text, jurisdictionText),
  accounts_type: said(text, accountTypeText),
  sic_codes: said(z.array(text), (codes) => lines(codes.map((code) => `${code} ${sicText(code)}`))),
  registered_office: said(addressSchema, addressLine),
  accounts_reference_date: said(referenceDateSchema, ({ day: ofMonth, month }) => dayOfYear(ofMonth, month)),
  previous_names: said(previousNamesSchema, (names) =>
    lines(names.map((item) => withDays(item.name, item.effective_from, item.ceased_on))),
  ),
  officers_active: said(officersSchema, (officers) =>
    lines(
      officers.map(({ name, role, appointed_on }) =>
        since(`${name}, ${lowerFirst(officerRoleText(role))}`, appointed_on),
      ),
    ),
  ),
  owners: said(ownersSchema, (owners) =>
    lines(
      owners.map(({ name, natures_of_control }) =>
        [name ?? 'Name protected by the register', ...natures_of_control.map(natureOfControlText)].join(', '),
      ),
    ),
  ),
  owner_statements: said(statementsSchema, (statements) =>
    lines(statements.map(({ statement, notified_on }) => since(pscStatementText(statement), notified_on))),
  ),
  charge_holders: said(z.array(text), lines),
  insolvency_cases: said(casesSchema, (cases) =>
    lines(cases.map(({ type, opened_on }) => since(insolvencyCaseText(type), opened_on))),
  ),
};

/** @returns the stored value of a company's field as people read it. */
export function factWords(field: string, value: unknown): string {
  return WORDS[field]?.(value) ?? formatValue(value);
}

/** A value of another form than expected is shown as it is: data never breaks the page. */
function said<T>(schema: z.ZodType<T>, say: (value: T) => string): (value: unknown) => string {
  return (value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? say(parsed.data) : formatValue(value);
  };
}

function lines(items: readonly string[]): string {
  return items.length === 0 ? 'None' : items.join('\n');
}

function addressLine(address: z.infer<typeof addressSchema>): string {
  const { care_of, po_box, line_1, line_2, locality, region, postal_code, country } = address;
  return [care_of, po_box, line_1, line_2, locality, region, postal_code, country].filter(Boolean).join(', ');
}

function dayOfYear(ofMonth: number, month: number): string {
  const date = new Date(Date.UTC(2000, month - 1, ofMonth));
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
}

function withDays(name: string, from: string | null | undefined, to: string | null | undefined): string {
  if (!to) return name;
  return `${name} (${from ? `${formatDate(from)} ` : ''}to ${formatDate(to)})`;
}

function since(words: string, from: string | null | undefined): string {
  return from ? `${words}, since ${formatDate(from)}` : words;
}

function lowerFirst(words: string): string {
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
