import { toDay } from '@/lib/companies/register/calendar';
import { presentOfficerName } from '@/lib/companies/register/officer-name';
import type { SourceReader } from '../source-reader';
import { textOf } from '../source-reader';

/** Names and roles only: dates of birth, nationalities and addresses of people are not kept. */
export const officersReader: SourceReader<'companies_house.officers'> = {
  source: 'companies_house.officers',
  facts({ items }) {
    const active = items.filter(({ resigned_on }) => !resigned_on);
    const officers = active.map(({ name, officer_role, appointed_on, occupation }) => ({
      name: presentOfficerName(name),
      role: officer_role,
      appointed_on: toDay(appointed_on),
      occupation: occupation ?? null,
    }));
    const resigned = items.length - active.length;
    return [
      {
        field: 'officers_active',
        value: officers,
        locator: '$.items',
        snippet: textOf(officers.map(({ name, role }) => `${name} (${role})`).join('; ') || 'no active officers'),
      },
      { field: 'officers_resigned', value: resigned, locator: '$.items', snippet: `${resigned} resigned` },
    ];
  },
  whenEmpty: {
    facts: [
      { field: 'officers_active', value: [], locator: '$', snippet: 'no officers on the register' },
      { field: 'officers_resigned', value: 0, locator: '$', snippet: 'no officers on the register' },
    ],
  },
};

export const ownersReader: SourceReader<'companies_house.psc'> = {
  source: 'companies_house.psc',
  facts({ items }) {
    const owners = items
      .filter(({ ceased_on, ceased }) => !ceased_on && !ceased)
      .map(({ name, kind, natures_of_control, notified_on }) => ({
        // People under protection are on the register without a name.
        name: name ?? null,
        kind,
        natures_of_control: natures_of_control ?? [],
        notified_on: toDay(notified_on),
      }));
    const names = owners.map(({ name, kind }) => `${name ?? 'name protected'} (${kind})`).join('; ');
    return [
      { field: 'owners', value: owners, locator: '$.items', snippet: textOf(names || 'no current owner listed') },
    ];
  },
  whenEmpty: {
    facts: [{ field: 'owners', value: [], locator: '$', snippet: 'no persons with significant control listed' }],
  },
};

export const ownerStatementsReader: SourceReader<'companies_house.psc_statements'> = {
  source: 'companies_house.psc_statements',
  facts({ items }) {
    const statements = items
      .filter(({ ceased_on }) => !ceased_on)
      .map(({ statement, notified_on }) => ({ statement, notified_on: toDay(notified_on) }));
    const snippet = textOf(statements.map(({ statement }) => statement).join('; ') || 'no current statement');
    return [{ field: 'owner_statements', value: statements, locator: '$.items', snippet }];
  },
  whenEmpty: { facts: [{ field: 'owner_statements', value: [], locator: '$', snippet: 'no statements listed' }] },
};
