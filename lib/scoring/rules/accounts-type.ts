import { accountTypeText } from '@/lib/companies/enumerations/register-text';
import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import type { Rule, Scoring } from '../component';
import { ruled } from '../evidence';
import { given } from '../points';

const SMALL = 'only companies up to a certain size may file them, and a profit need not be shown';
const SUBSIDIARY = 'a parent guarantees its debts, so the parent may decide on purchases as well';
/** What the type of the accounts means for somebody who wants to sell. */
const MEANING: Readonly<Record<string, string>> = {
  'micro-entity': 'only the smallest companies may file them, and little has to be shown',
  small: SMALL,
  'total-exemption-small': SMALL,
  'total-exemption-full': SMALL,
  'unaudited-abridged': SMALL,
  'audited-abridged': SMALL,
  medium: 'the company is too large for the exemptions of small ones',
  full: 'the company shows all that the law asks for',
  group: 'it heads a group, so a purchase may be made for more than this company',
  'audit-exemption-subsidiary': SUBSIDIARY,
  'filing-exemption-subsidiary': SUBSIDIARY,
};

/** How much is disclosed limits what can be known, not how good the company is: told where it means something. */
export function accountsTypeRule({ register }: Scoring, { accounts }: CompanyProfile): Rule[] {
  const type = accounts?.last_accounts?.type ?? '';
  const meaning = MEANING[type];
  if (meaning === undefined) return [];
  const text = `The last accounts are ${accountTypeText(type).toLowerCase()} accounts: ${meaning}.`;
  const citation = {
    source: 'companies_house.profile',
    locator: '$.accounts.last_accounts.type',
    snippet: `last_accounts.type: ${type}`,
  } as const;
  return ruled(register, [citation], text, given('accountsType', 'told'));
}
