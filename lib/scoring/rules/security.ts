import type { Rule, Scoring } from '../component';
import { counted, ruled } from '../evidence';
import { given } from '../points';

const FEW = 3;

/**
 * From the charges themselves: `has_charges` of the profile is false for companies that have outstanding ones. Where it
 * is true and the list is empty the two contradict each other, and nothing is said.
 */
export function chargesRule({ register }: Scoring): Rule[] {
  if (register.whyUnread('companies_house.charges') !== null) return [];
  const outstanding = register.charges.filter(({ status }) => /^(outstanding|part-satisfied)$/.test(status)).length;
  const total = register.charges.length;
  if (total === 0 && register.profile?.has_charges === true) return [];
  const citation = {
    source: 'companies_house.charges',
    locator: total === 0 ? '$' : '$.items',
    snippet: total === 0 ? 'no charges on the register' : `${counted(total, 'charge')}, ${outstanding} outstanding`,
  } as const;
  if (outstanding === 0) {
    const text = 'No charge is outstanding: nothing is pledged to a lender.';
    return ruled(register, [citation], text, given('charges', 'none'));
  }
  const text = `${counted(outstanding, 'charge')} outstanding: the company has secured borrowing.`;
  return ruled(register, [citation], text, given('charges', outstanding <= FEW ? 'few' : 'many'));
}

export function insolvencyRule({ register }: Scoring): Rule[] {
  const cases = register.insolvency?.cases ?? [];
  if (cases.length === 0) return [];
  const citation = {
    source: 'companies_house.insolvency',
    locator: '$.cases',
    snippet: `${counted(cases.length, 'case')}: ${cases.map(({ type }) => type).join(', ')}`,
  } as const;
  const text = `The register lists ${counted(cases.length, 'insolvency case')}.`;
  return ruled(register, [citation], text, given('insolvency', 'yes'));
}
