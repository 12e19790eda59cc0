import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSourcesIn, type Sources } from '@/lib/sources/registry';
import { openTestSandbox, type TestSandbox } from '../../support/faulty-sandbox';
import { buildRealRecordings, type RealRecordings, realAnswers } from '../../support/real-recordings';
import { hasSharedData } from '../../support/shared-data';
import { sourceContext } from '../../support/source-context';

describe.skipIf(!hasSharedData)('real companies through the sandbox', () => {
  let sandbox: TestSandbox;
  let folder: string;
  let real: RealRecordings;
  let sources: Sources;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'oppspot-real-'));
    real = buildRealRecordings(folder, { derived: true });
    sandbox = await openTestSandbox({ recordings: [folder], rateLimit: 100_000 });
    sources = createSourcesIn(sourceContext(sandbox.url));
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are more than a hundred, of every kind of number that was recorded', () => {
    expect(real.companies.length).toBeGreaterThan(110);
    expect(real.companies).toEqual(expect.arrayContaining(['00000006', '02200605', '07798925', 'BR014831']));
    expect(real.profiles).toEqual(expect.arrayContaining(['00000006', '02200605', '07577596', '08957400', '13271177']));
  });

  it('answer with the recorded document or with nothing, never with a failure', async () => {
    for (const companyNumber of real.companies) {
      const outcomes = [
        await sources.read('companies_house.profile', { companyNumber }),
        await sources.read('companies_house.officers', { companyNumber }),
        await sources.read('companies_house.filing_history', { companyNumber }),
        await sources.read('companies_house.psc', { companyNumber }),
        await sources.read('companies_house.psc_statements', { companyNumber }),
        await sources.read('companies_house.charges', { companyNumber }),
        await sources.read('companies_house.insolvency', { companyNumber }),
      ];
      expect(outcomes.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'empty')).toEqual([]);
    }
  });

  it('keep every member of a recorded profile', async () => {
    const recorded = realAnswers().filter(({ resource }) => resource === 'profile');
    const last = new Map(recorded.map(({ companyNumber, body }) => [companyNumber ?? '', body]));
    for (const [companyNumber, body] of last) {
      expect(await sources.read('companies_house.profile', { companyNumber })).toMatchObject({
        outcome: 'ok',
        data: body,
      });
    }
  });

  it('can contradict themselves: charges by the profile, none in the list', async () => {
    const profile = await sources.read('companies_house.profile', { companyNumber: '02200605' });
    const charges = await sources.read('companies_house.charges', { companyNumber: '02200605' });
    expect(profile).toMatchObject({ data: { has_charges: true, company_status: 'dissolved' } });
    expect(charges.outcome).toBe('empty');
  });

  it('have charges that are read from the list alone', async () => {
    const charges = await sources.read('companies_house.charges', { companyNumber: '07310390' });
    if (charges.outcome !== 'ok') throw new Error(charges.outcome);
    expect(charges.data.items).toHaveLength(9);
    expect(charges.data.items.filter(({ status }) => status === 'outstanding').length).toBeGreaterThan(0);
    expect((await sources.read('companies_house.profile', { companyNumber: '07310390' })).outcome).toBe('empty');
  });
});
