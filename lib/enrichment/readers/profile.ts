import { toDay } from '@/lib/companies/register/calendar';
import { formerNames, profileColumns, registeredOffice, statedType } from '@/lib/companies/register/profile-columns';
import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import { copied, type FactDraft, type SourceReader } from '../source-reader';

export const profileReader: SourceReader<'companies_house.profile'> = {
  source: 'companies_house.profile',
  facts: (profile) => [...identityFacts(profile), ...accountsFacts(profile), ...confirmationFacts(profile)],
  columns: profileColumns,
};

function identityFacts(profile: CompanyProfile): FactDraft[] {
  return [
    copied('legal_name', profile.company_name, '$.company_name'),
    copied('status', profile.company_status, '$.company_status'),
    copied('status_detail', profile.company_status_detail, '$.company_status_detail'),
    copied('company_type', profile.type, '$.type'),
    copied('jurisdiction', profile.jurisdiction, '$.jurisdiction'),
    copied('incorporated_on', toDay(profile.date_of_creation), '$.date_of_creation'),
    copied('dissolved_on', toDay(profile.date_of_cessation), '$.date_of_cessation'),
    copied('registered_office', registeredOffice(profile), '$.registered_office_address'),
    copied('sic_codes', profile.sic_codes ?? null, '$.sic_codes'),
    // The register leaves the member out for a company that has always had its name.
    {
      ...copied('previous_names', formerNames(profile), '$.previous_company_names'),
      ...(profile.previous_company_names?.length ? {} : { locator: '$', snippet: 'no previous names' }),
    },
  ];
}

function accountsFacts({ accounts }: CompanyProfile): FactDraft[] {
  const reference = accounts?.accounting_reference_date;
  const last = accounts?.last_accounts;
  const day = reference?.day && reference.month ? { day: Number(reference.day), month: Number(reference.month) } : null;
  const nextDue = toDay(accounts?.next_accounts?.due_on) ?? toDay(accounts?.next_due);
  const overdue = accounts?.next_accounts?.overdue ?? accounts?.overdue;
  return [
    copied('accounts_reference_date', day, '$.accounts.accounting_reference_date'),
    copied('accounts_type', statedType(last?.type), '$.accounts.last_accounts.type'),
    copied('accounts_made_up_to', toDay(last?.made_up_to), '$.accounts.last_accounts.made_up_to'),
    copied(
      'accounts_next_due',
      nextDue,
      accounts?.next_accounts?.due_on ? '$.accounts.next_accounts.due_on' : '$.accounts.next_due',
    ),
    copied(
      'accounts_overdue',
      overdue,
      typeof accounts?.next_accounts?.overdue === 'boolean' ? '$.accounts.next_accounts.overdue' : '$.accounts.overdue',
    ),
  ];
}

function confirmationFacts({ confirmation_statement: statement }: CompanyProfile): FactDraft[] {
  const at = '$.confirmation_statement';
  return [
    copied('confirmation_statement_made_up_to', toDay(statement?.last_made_up_to), `${at}.last_made_up_to`),
    copied('confirmation_statement_next_due', toDay(statement?.next_due), `${at}.next_due`),
    copied('confirmation_statement_overdue', statement?.overdue, `${at}.overdue`),
  ];
}
