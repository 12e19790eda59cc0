import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import { accountsAnswer } from '../../support/accounts-answer';
import { referenceRows } from '../../support/accounts-reference';
import { hasSharedData, sharedData } from '../../support/shared-data';
import { researchWith, sourcesOf } from '../research/research-stand';

/** Each is researched and checked as a whole; these are enough to meet every kind of filing software. */
const FILINGS = 40;

describe.skipIf(!hasSharedData)('the score of companies with real filed accounts', () => {
  it('says only what the figures hold, and gives every rule its evidence', async () => {
    const rows = referenceRows().slice(0, FILINGS);
    expect(rows.length).toBe(FILINGS);
    const texts: string[] = [];
    for (const { file, companyNumber, balanceSheetDate } of rows) {
      const last = { type: 'total-exemption-full', made_up_to: balanceSheetDate };
      const answers = {
        'companies_house.profile': {
          company_name: 'SPECIMEN LTD',
          company_number: companyNumber,
          company_status: 'active',
          accounts: { last_accounts: last },
        },
        'accounts.figures': accountsAnswer(companyNumber, [readFileSync(sharedData('accounts', file), 'utf8')]),
      };
      const now = new Date(Date.parse(`${balanceSheetDate}T12:00:00Z`) + 300 * 86_400_000);
      const { document, payloads } = await researchWith(sourcesOf(answers), companyNumber, { now });
      expect({ file, violations: checkReport(document, payloads) }).toEqual({ file, violations: [] });
      texts.push(...document.score.components.flatMap(({ rules }) => rules.map(({ text }) => text)));
    }
    expect(texts.filter((text) => /NaN|Infinity|undefined|null/.test(text))).toEqual([]);
    expect(texts.filter((text) => /^Net (assets|liabilities) of/.test(text)).length).toBeGreaterThan(FILINGS / 2);
    expect(texts.filter((text) => text.startsWith('Current assets of')).length).toBeGreaterThan(FILINGS / 4);
  }, 60_000);
});
