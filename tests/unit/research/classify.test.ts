import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classifyBusiness } from '@/lib/research/classify/classify';
import { CLASSIFIED_FIELDS, type Passage } from '@/lib/research/classify/fields';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { evaluateClassification, goldPassages, goldProfiles } from '@/scripts/evaluate/classification-gold';
import { hasSharedData } from '../../support/shared-data';
import { researchInSandbox, textOf } from './research-stand';

const activity = (text: string): Passage => ({ id: 'activity', kind: 'activity', text });
const turnover = (text: string): Passage => ({ id: 'turnover', kind: 'turnover', text });

function valuesOf(passages: Passage[], codes: string[] = []) {
  const profile = classifyBusiness(passages, codes);
  return Object.fromEntries(CLASSIFIED_FIELDS.map((field) => [field, profile?.[field].value]));
}

describe('a business is classified by its own words', () => {
  test('a wholesaler sells to businesses, wherever its customers cook', () => {
    const words = 'The principal activity is the wholesale of fish to the hotel and catering trade in Devon.';
    expect(valuesOf([activity(words)], ['46380'])).toEqual({
      customer_type: 'b2b',
      delivery_model: 'distribution_resale',
      geography_served: 'regional',
      demand_model: 'b2b_relationship',
      sic_agreement: 'agrees',
    });
  });

  test('loans to individuals and companies are for several kinds of customers', () => {
    const words = 'The company makes short-term loans to individuals and corporate entities.';
    expect(valuesOf([activity(words)]).customer_type).toBe('mixed');
  });

  test('a code under which no such business registers disagrees', () => {
    const words = 'The principal activity is that of veterinary surgeons.';
    expect(
      valuesOf([activity('The principal activity is that of a veterinary practice.')], ['62020']).sic_agreement,
    ).toBe('disagrees');
    expect(valuesOf([activity(words)], ['75000']).sic_agreement).toBe('agrees');
  });

  test('a tenth of turnover from abroad makes it international, less does not', () => {
    const table = (abroad: string) =>
      turnover(`3 Turnover analysed by geographical market United Kingdom 900,000 850,000 Norway ${abroad} 90,000`);
    const words = activity('The principal activity is printing.');
    expect(valuesOf([words, table('100,000')]).geography_served).toBe('international');
    expect(valuesOf([words, table('20,000')]).geography_served).toBe('national_uk');
  });

  test('what the text does not say is unclear, with the text that was read', () => {
    const profile = classifyBusiness([activity('The company carries on a varied trade.')], ['62020']);
    for (const field of CLASSIFIED_FIELDS) {
      expect(profile?.[field]).toMatchObject({
        value: 'unclear',
        quote: { text: 'The company carries on a varied trade' },
      });
    }
  });

  test('auditors, addresses and empty texts are no description', () => {
    const auditor = 'We have audited the financial statements of the software company.';
    expect(classifyBusiness([activity(auditor)], [])).toBeNull();
    expect(classifyBusiness([activity('Software sales: mail sales@example.com')], [])).toBeNull();
    expect(classifyBusiness([activity('')], [])).toBeNull();
  });
});

describe('the report on a demo company', () => {
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ rateLimit: 100_000 });
  });
  afterAll(() => sandbox.close());

  test('tells whom it serves with the words of its filed accounts as evidence', async () => {
    const { document } = await researchInSandbox(sandbox.url, 'DM000001', { isDemo: true });
    const served = document.statements.find(({ field }) => field === 'customer_type');
    const [evidence] = document.evidence.filter(({ id }) => served?.evidence.includes(id));
    expect(served).toMatchObject({ value: 'b2b', method: 'classified' });
    expect(served?.confidence).toBeLessThan(0.8);
    expect(evidence).toMatchObject({ source: 'accounts.figures' });
    const text = textOf(document, 'business');
    expect(text).toContain(`“${evidence?.snippet}”`);
    expect(text).toContain('Judging by those words of its filed accounts, its customers are mainly businesses');
  });
});

describe.skipIf(!hasSharedData)('on labelled filings', () => {
  test('every quote stands word for word in its section, and is short', () => {
    for (const profile of goldProfiles()) {
      const passages = goldPassages(profile);
      const result = classifyBusiness(passages, [profile.sic_code]);
      for (const field of CLASSIFIED_FIELDS) {
        const quote = result?.[field].quote;
        expect(passages.find(({ id }) => id === quote?.passage)?.text).toContain(quote?.text);
        expect(quote?.text.length).toBeLessThanOrEqual(240);
      }
    }
  });

  test('each field is told better than by always saying the commonest value, in either half', () => {
    const profiles = goldProfiles();
    for (const half of [0, 1]) {
      const { fields } = evaluateClassification(profiles.filter((_, index) => index % 2 === half));
      for (const { accuracy, majorityAccuracy } of fields) expect(accuracy).toBeGreaterThanOrEqual(majorityAccuracy);
    }
  });
});
