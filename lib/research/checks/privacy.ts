import { z } from 'zod';
import { leavesOf } from '../evidence/json-path';
import type { ReportDocument } from '../schema';
import type { Payloads, Violation } from './document-index';

/** Members of people in the register's answers that a report must not repeat. */
const PRIVATE_MEMBERS = [
  'date_of_birth',
  'nationality',
  'country_of_residence',
  'address',
  'usual_residential_address',
];
const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month, 1)),
);
const person = z.looseObject({
  date_of_birth: z.object({ month: z.coerce.number(), year: z.coerce.number() }).nullish(),
  address: z
    .looseObject({
      premises: z.string().nullish(),
      address_line_1: z.string().nullish(),
      postal_code: z.string().nullish(),
    })
    .nullish(),
});
const people = z.object({ items: z.array(person) });

/** E14: no birth dates, nationalities or personal addresses, neither as members nor, with the answers at hand, as texts. */
export function checkPrivacy(document: ReportDocument, payloads: Payloads): Violation[] {
  const members = document.statements.flatMap(({ id, value }) =>
    privateMembers(value).map((member) => `${id}: ${member}`),
  );
  const text = JSON.stringify(document).toLowerCase();
  const office = officeText(document);
  const details = ['companies_house.officers', 'companies_house.psc']
    .flatMap((source) => people.safeParse(payloads[source]).data?.items ?? [])
    .flatMap((item) => [...birthTexts(item), ...addressTexts(item).filter((part) => !office.includes(part))])
    .filter((detail) => text.includes(detail));
  return [...members, ...new Set(details)].map((detail) => ({
    check: 'privacy',
    section: null,
    subject: 'document',
    detail,
  }));
}

function privateMembers(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, inner]) => [
    ...(PRIVATE_MEMBERS.includes(member) ? [member] : []),
    ...privateMembers(inner),
  ]);
}

function birthTexts({ date_of_birth: birth }: z.infer<typeof person>): string[] {
  if (!birth) return [];
  const month = String(birth.month).padStart(2, '0');
  const word = MONTHS[birth.month - 1]?.toLowerCase() ?? '';
  return [
    `"${birth.year}-${month}"`,
    `${month}/${birth.year}`,
    `born in ${word} ${birth.year}`,
    `in ${word} ${birth.year}`,
  ];
}

/** People often use the company's own address, which is no secret. */
function addressTexts({ address }: z.infer<typeof person>): string[] {
  const { address_line_1: street, postal_code: postcode } = address ?? {};
  return [street, postcode].flatMap((part) => (part && part.length > 5 ? [part.toLowerCase()] : []));
}

/** The company's own addresses, now and before, which the register's filings name too. */
function officeText(document: ReportDocument): string {
  const offices = document.statements.filter(({ field }) => field === 'registered_office' || field === 'signal');
  return offices
    .flatMap(({ value }) => leavesOf(value).map(String))
    .join(' ')
    .toLowerCase();
}
