import type { Component, Scoring } from '../component';
import { accountsTypeRule } from '../rules/accounts-type';
import { accountsRule, confirmationRule, officeRule, statusRule, yearsRule } from '../rules/conduct';
import { cashRule, currentRatioRule, netAssetsRule, netAssetsTrendRule, profitRule } from '../rules/figures';
import { chargesRule, insolvencyRule } from '../rules/security';

/**
 * How sound the company is: its conduct on the register, its age, the security it gave, and what its filed accounts show
 * of assets, liquidity, cash and profit.
 */
export const financial: Component = {
  name: 'financial',
  evaluate(scoring) {
    const { profile } = scoring.register;
    if (profile === null) return { notScored: whyNot(scoring) };
    return {
      rules: [
        ...statusRule(scoring, profile),
        ...yearsRule(scoring, profile),
        ...netAssetsRule(scoring),
        ...netAssetsTrendRule(scoring),
        ...currentRatioRule(scoring),
        ...cashRule(scoring),
        ...profitRule(scoring),
        ...accountsRule(scoring, profile),
        ...confirmationRule(scoring, profile),
        ...accountsTypeRule(scoring, profile),
        ...officeRule(scoring, profile),
        ...chargesRule(scoring),
        ...insolvencyRule(scoring),
      ],
    };
  },
};

function whyNot({ register }: Scoring): string {
  return register.whyUnread('companies_house.profile') ?? 'The register has no profile of this company.';
}
