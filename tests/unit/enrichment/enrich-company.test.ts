import { describe, expect, it } from 'vitest';
import { readSources } from '@/lib/enrichment/enrich-company';
import { ENRICHMENT_FIELDS } from '@/lib/enrichment/fields';
import { knownFields } from '@/lib/enrichment/known-fields';
import { enrichmentResultSchema } from '@/lib/enrichment/schema';
import { readAccounts } from '@/lib/sources/accounts/read-accounts';
import { contextOf, demoAnswers, type RawAnswers, RETRIEVED_AT } from '../../support/register-sources';
import { taggedAccounts } from '../../support/tagged-accounts';

const nothingKnown = { filled: new Set<string>(), asFacts: new Set<string>() };
const enrich = (answers: RawAnswers, input: object = {}) =>
  readSources(contextOf(answers), {
    companyNumber: 'DM000001',
    known: nothingKnown,
    registerReadAt: null,
    ...input,
  });
const PROFILE = { company_name: 'EXAMPLE LTD', company_number: 'DM000001', company_status: 'active' };
const down = { unavailable: 'Companies House did not answer.' };

describe('enriching a company', () => {
  it('fills the fields of a demo company from the register and measures how complete it became', async () => {
    const { result, effects } = await enrich(demoAnswers('DM000001'));
    expect(enrichmentResultSchema.parse(result)).toEqual(result);
    expect(result.completeness_before).toBe(0);
    expect(result.completeness_after).toBeGreaterThan(0.75);
    expect(result.completeness_after).toBeLessThan(1);
    expect(effects.company).toMatchObject({
      name: 'DEMO MARMALADE WORKS LIMITED',
      status: 'active',
      incorporated_on: '2017-05-09',
      address: { line_1: '12 Thistledown Arcade', postal_code: 'ZZ1 1ZZ' },
      charges_total: 0,
      completeness: result.completeness_after,
      register_read_at: RETRIEVED_AT,
    });
  });

  it('records where each field was read', async () => {
    const { effects } = await enrich(demoAnswers('DM000001'));
    expect(effects.facts?.find(({ field }) => field === 'accounts_made_up_to')).toEqual({
      field: 'accounts_made_up_to',
      value: '2026-05-31',
      source: 'companies_house.profile',
      evidence: {
        url: expect.stringContaining('find-and-update.company-information.service.gov.uk'),
        locator: '$.accounts.last_accounts.made_up_to',
        retrieved_at: RETRIEVED_AT,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        snippet: '2026-05-31',
      },
      observed_at: RETRIEVED_AT,
      confidence: 0.98,
    });
    for (const fact of effects.facts ?? []) expect(fact.value).not.toBeNull();
  });

  it('keeps no birth dates, nationalities or home addresses of people', async () => {
    for (const number of ['DM000001', 'DM000002', 'DM000008']) {
      const { effects } = await enrich(demoAnswers(number));
      const people = JSON.stringify(effects.facts?.filter(({ field }) => /officers|owner/.test(field)));
      expect(people).not.toMatch(/birth|nationality|residence|address/);
    }
  });

  it('takes "nothing there" for an answer: no charges are none, not unknown', async () => {
    const { result, effects } = await enrich({ 'companies_house.profile': PROFILE });
    expect(effects.facts?.find(({ field }) => field === 'charges_outstanding')?.value).toBe(0);
    expect(effects.facts?.find(({ field }) => field === 'insolvency_cases')?.value).toEqual([]);
    expect(result.sources).toContainEqual({
      source: 'companies_house.charges',
      outcome: 'empty',
      reason: expect.any(String),
    });
  });

  it('counts what its sources do not state as missing', async () => {
    const { result } = await enrich(demoAnswers('DM000002'));
    expect(ENRICHMENT_FIELDS).toContain('turnover');
    expect(result.fields_filled).not.toContain('turnover');
  });

  it('takes figures from the filed accounts, with currency, date and the place where they stand', async () => {
    const reading = readAccounts(
      taggedAccounts({
        companyNumber: 'DM000001',
        figures: [
          { tag: 'Equity', text: '12,000', context: 'now-day', negative: true },
          { tag: 'AverageNumberEmployeesDuringPeriod', text: '3', unit: 'pure' },
        ],
      }),
    );
    const { result, effects } = await enrich({
      'companies_house.profile': PROFILE,
      'accounts.figures': { company_number: 'DM000001', documents: [reading] },
    });
    expect(result.fields_filled).toEqual(expect.arrayContaining(['net_assets', 'employees']));
    expect(result.fields_filled).not.toContain('turnover');
    expect(effects.facts?.find(({ field }) => field === 'net_assets')).toMatchObject({
      value: { pence: -1_200_000, currency: 'GBP', as_of: '2025-03-31' },
      evidence: { locator: "$.documents[0].facts['core:Equity']['now-day']", snippet: '-12,000 GBP, 2025-03-31' },
    });
    expect(effects.facts?.find(({ field }) => field === 'employees')?.value).toBe(3);
  });

  it('leaves earlier facts alone when a source does not answer', async () => {
    const known = { filled: new Set(['officers_active', 'legal_name']), asFacts: new Set(['officers_active']) };
    const { result, effects } = await enrich(
      { 'companies_house.profile': PROFILE, 'companies_house.officers': down },
      { known },
    );
    expect(effects.facts?.some(({ field }) => field === 'officers_active')).toBe(false);
    expect(result.completeness_after).toBeGreaterThanOrEqual(result.completeness_before);
    expect(result.sources).toContainEqual({
      source: 'companies_house.officers',
      outcome: 'unavailable',
      reason: 'Companies House did not answer.',
    });
  });

  it('replaces a value that the register no longer states', async () => {
    const known = { filled: new Set(['status_detail']), asFacts: new Set(['status_detail']) };
    const { effects } = await enrich({ 'companies_house.profile': PROFILE }, { known });
    expect(effects.facts?.find(({ field }) => field === 'status_detail')?.value).toBe('none');
    expect(effects.company).toMatchObject({ status_detail: null });
    expect(effects.facts?.some(({ field }) => field === 'dissolved_on')).toBe(false);
  });

  it('reads the asked sources only', async () => {
    const context = contextOf(demoAnswers('DM000001'));
    const { result, effects } = await readSources(context, {
      companyNumber: 'DM000001',
      sources: ['companies_house.officers'],
      known: nothingKnown,
      registerReadAt: null,
    });
    expect(context.sources.reads).toEqual(['companies_house.officers']);
    expect(result.fields_filled).toEqual(['officers_active', 'officers_resigned']);
    expect(effects.company).not.toHaveProperty('status');
    expect(result.sources.find(({ source }) => source === 'companies_house.profile')?.outcome).toBe('skipped');
  });

  it('does not turn a company back to an older answer', async () => {
    const { effects } = await enrich(demoAnswers('DM000001'), { registerReadAt: '2026-11-24T00:00:00+00:00' });
    expect(effects.company).not.toHaveProperty('name');
    expect(effects.company).toHaveProperty('completeness');
  });

  it('fails, to be tried again, when no source answers at all', async () => {
    const answers = Object.fromEntries(
      ['profile', 'officers', 'psc', 'psc_statements', 'charges', 'filing_history', 'insolvency'].map((name) => [
        `companies_house.${name}`,
        down,
      ]),
    );
    await expect(enrich(answers)).rejects.toMatchObject({ code: 'provider_unavailable' });
  });

  it('completes and says why when the sources are not configured', async () => {
    const skipped = { skipped: 'No key is configured.' };
    const answers = Object.fromEntries(
      ['profile', 'officers', 'psc', 'psc_statements', 'charges', 'filing_history', 'insolvency'].map((name) => [
        `companies_house.${name}`,
        skipped,
      ]),
    );
    const { result } = await enrich(answers);
    expect(result).toMatchObject({ fields_filled: [], completeness_after: 0 });
    expect(result.sources[0]).toMatchObject({ outcome: 'skipped', reason: 'No key is configured.' });
  });
});

describe('what was known before', () => {
  it('counts the columns of a bulk import and the recorded facts', () => {
    const facts = [
      { field: 'officers_active', value: [], source: 's', evidence: {}, observed_at: RETRIEVED_AT, confidence: 1 },
      { field: 'status_detail', value: 'none', source: 's', evidence: {}, observed_at: RETRIEVED_AT, confidence: 1 },
    ];
    expect([...knownFields(null, facts).filled]).toEqual(['officers_active']);
    expect([...knownFields(null, facts).asFacts]).toEqual(['officers_active', 'status_detail']);
  });
});
