import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkReport } from '@/lib/research/groundedness';
import type { ReportDocument } from '@/lib/research/schema';
import type { CompanyProfile } from '@/lib/sources/companies-house/schema';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { buildRealRecordings, type RealRecordings } from '@/tests/support/real-recordings';
import { hasSharedData } from '@/tests/support/shared-data';
import { gapIn, type Research, researchInSandbox, textOf, valueIn } from './research-stand';

describe.skipIf(!hasSharedData)('reports on real recorded companies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oppspot-real-'));
  let recorded: RealRecordings;
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    recorded = buildRealRecordings(folder, { derived: true });
    sandbox = await startSandbox({ recordings: [folder], rateLimit: 100_000 });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });
  const done = new Map<string, Promise<Research>>();
  /** Each company is researched once for all tests. */
  const research = (number: string) => {
    const running = done.get(number) ?? researchInSandbox(sandbox.url, number);
    done.set(number, running);
    return running;
  };

  test('state only what the register says, in every sentence, and nothing private of people', async () => {
    expect(recorded.companies.length).toBeGreaterThan(100);
    for (const number of recorded.companies) {
      const { document, payloads, dropped } = await research(number);
      expect({ number, dropped, violations: checkReport(document, payloads) }).toEqual({
        number,
        dropped: [],
        violations: [],
      });
    }
  }, 60_000);

  test('state the facts of the register entry as they stand there', async () => {
    for (const number of recorded.profiles) {
      const { document, payloads } = await research(number);
      expect({ number, facts: factsOf(document) }).toEqual({ number, facts: factsOfProfile(profileIn(payloads)) });
    }
  }, 60_000);

  test('count officers in office as the register does', async () => {
    const { document } = await research('07798925');
    expect(valueIn(document, 'ownership', 'officers_active_count')).toBe(8);
    expect(valueIn(document, 'ownership', 'officers_active')).toHaveLength(8);
    expect(textOf(document, 'ownership')).toContain(
      "The newest on the board is Eamon O'Dwyer (appointed 4 March 2020)",
    );
    expect(textOf(document, 'ownership')).not.toMatch(/Bosch|Gishen/);
  });

  test('tell both sides where the entry says charges and the list is empty', async () => {
    const { document } = await research('07798925');
    expect(textOf(document, 'risk')).toContain('The register contradicts itself');
    expect(textOf(document, 'risk')).not.toContain('No charge is on the register');
  });

  test('count charges by their status, with those entitled', async () => {
    const { document } = await research('07310390');
    expect(valueIn(document, 'risk', 'charges_total')).toBe(9);
    expect(valueIn(document, 'risk', 'charges_outstanding')).toBe(8);
    expect(textOf(document, 'risk')).toContain('The newest of them was created on 18 December 2015');
  });

  test('know an old company with its former name, its end and its codes of an older list', async () => {
    const { document } = await research('02200605');
    expect(textOf(document, 'identity')).toContain('came to an end on 10 April 2012, after 24 years');
    expect(textOf(document, 'identity')).toContain('It was called TODAYS DREAMS LIMITED until 22 June 1988.');
    expect(valueIn(document, 'business', 'sic_codes')).toEqual(['1823']);
    expect(valueIn(document, 'business', 'what_it_does')).toEqual(['Manufacture of underwear']);
    expect(valueIn(document, 'financials', 'accounts_filed_on')).toBe('1991-11-13');
    expect(valueIn(document, 'approach', 'next_action')).toBe('do_not_contact');
  });

  test('say of a branch whose entry is not on the register that nothing could be established', async () => {
    const { document } = await research('BR014831');
    expect(gapIn(document, 'identity', 'legal_name')).toMatchObject({ reason: 'not_found' });
    expect(document.statements).toEqual([]);
    expect(document.report).toMatchObject({ coverage: 0, confidence: 0, status: 'complete' });
    expect(textOf(document, 'risk')).not.toContain('No insolvency case');
  });

  test('name a company in control with its number, and no address or birth date of anyone', async () => {
    const { document } = await research('04053514');
    expect(valueIn(document, 'ownership', 'parent_company')).toMatchObject({ name: 'Yorkshire Air Ambulance Ltd' });
    expect(JSON.stringify(document)).not.toContain('HX5 0HQ');
  });
});

function profileIn(payloads: Research['payloads']): CompanyProfile {
  // The stand keeps what the profile source answered.
  return payloads['companies_house.profile'] as CompanyProfile;
}

/** Undefined where the register states nothing: then the report must not state anything either. */
function factsOfProfile(profile: CompanyProfile) {
  const last = profile.accounts?.last_accounts;
  return {
    name: profile.company_name,
    number: profile.company_number,
    status: profile.company_status ?? undefined,
    type: profile.type ?? undefined,
    jurisdiction: profile.jurisdiction ?? undefined,
    incorporated: profile.date_of_creation ?? undefined,
    ended: profile.date_of_cessation ?? undefined,
    office: profile.registered_office_address ?? undefined,
    codes: profile.sic_codes ?? undefined,
    accountsType: last?.type ?? undefined,
    accountsMadeUpTo: last?.made_up_to ?? undefined,
    accountsOverdue: profile.accounts?.overdue ?? undefined,
    accountsDue: profile.accounts?.next_due ?? undefined,
  };
}

function factsOf(document: ReportDocument) {
  return {
    name: valueIn(document, 'identity', 'legal_name'),
    number: valueIn(document, 'identity', 'company_number'),
    status: valueIn(document, 'identity', 'status'),
    type: valueIn(document, 'identity', 'type'),
    jurisdiction: valueIn(document, 'identity', 'jurisdiction'),
    incorporated: valueIn(document, 'identity', 'incorporated_on'),
    ended: valueIn(document, 'identity', 'ceased_on'),
    office: valueIn(document, 'identity', 'registered_office'),
    codes: valueIn(document, 'business', 'sic_codes'),
    accountsType: valueIn(document, 'financials', 'accounts_type'),
    accountsMadeUpTo: valueIn(document, 'financials', 'accounts_made_up_to'),
    accountsOverdue: valueIn(document, 'financials', 'accounts_overdue'),
    accountsDue: valueIn(document, 'financials', 'accounts_next_due'),
  };
}
