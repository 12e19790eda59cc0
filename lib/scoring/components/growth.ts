import type { Component } from '../component';
import { awardsRule, openRolesRule } from '../rules/demand';
import { employeesGrowthRule, netAssetsGrowthRule } from '../rules/figure-growth';
import { allotmentRule, boardRule, newChargesRule, sizeRule } from '../rules/register-growth';

/** Growth that can be seen: more people and assets in the accounts, contracts, open roles, new shares, a larger board. */
export const growth: Component = {
  name: 'growth',
  evaluate(scoring) {
    const { register } = scoring;
    const unread = register.whyUnread('companies_house.filing_history');
    if (unread !== null) return { notScored: unread };
    if (register.filings.length === 0) return { notScored: 'The register lists no filing of this company.' };
    return {
      rules: [
        ...employeesGrowthRule(scoring),
        ...netAssetsGrowthRule(scoring),
        ...awardsRule(scoring),
        ...openRolesRule(scoring),
        ...allotmentRule(scoring),
        ...boardRule(scoring),
        ...sizeRule(scoring),
        ...newChargesRule(scoring),
      ],
    };
  },
};
