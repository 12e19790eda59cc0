import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSourcesIn } from '@/lib/sources/registry';
import { openTestSandbox, type TestSandbox } from '@/tests/support/faulty-sandbox';
import { sourceContext } from '@/tests/support/source-context';

let sandbox: TestSandbox;
let recordings: string;
beforeAll(async () => {
  recordings = mkdtempSync(join(tmpdir(), 'oppspot-chain-'));
  sandbox = await openTestSandbox({ recordings: [recordings], rateLimit: 100_000 });
});
afterEach(() => sandbox.reset());
afterAll(async () => {
  await sandbox.close();
  rmSync(recordings, { recursive: true, force: true });
});

/** Records a company with the name TIER <letter> LIMITED, and who is on its list. */
function company(number: string, letter: string, items: readonly object[] | null): void {
  const folder = join(recordings, 'companies-house', 'company', number);
  mkdirSync(folder, { recursive: true });
  const profile = { company_name: `TIER ${letter} LIMITED`, company_number: number, company_status: 'active' };
  writeFileSync(`${folder}.json`, JSON.stringify(profile));
  if (items === null) return;
  const list = { items, total_results: items.length, start_index: 0, active_count: items.length, ceased_count: 0 };
  writeFileSync(join(folder, 'persons-with-significant-control.json'), JSON.stringify(list));
}

function owner(letter: string, registration_number: string, more: object = {}) {
  return {
    kind: 'corporate-entity-person-with-significant-control',
    name: `Tier ${letter} Ltd.`,
    natures_of_control: ['ownership-of-shares-75-to-100-percent'],
    notified_on: '2020-01-01',
    address: { address_line_1: '1 Private Lane' },
    identification: { registration_number, country_registered: 'England' },
    ...more,
  };
}
const PERSON = {
  kind: 'individual-person-with-significant-control',
  name: 'Ms Anne Other',
  natures_of_control: ['ownership-of-shares-75-to-100-percent'],
};

async function chainOf(companyNumber: string) {
  const sources = createSourcesIn(sourceContext(sandbox.url, { now: () => new Date('2026-11-30T09:00:00Z') }));
  const chain = await sources.read('companies_house.parent_chain', { companyNumber });
  if (chain.outcome !== 'ok') throw new Error(chain.outcome);
  return { names: chain.data.levels.map(({ name }) => name), end: chain.data.end, data: chain.data };
}

describe('the chain of companies in control', () => {
  test('leads from list to list, pads short numbers, and ends at people whom it does not name', async () => {
    company('00100001', 'A', [owner('B', '100002')]);
    company('00100002', 'B', [PERSON, owner('C', ' 00100003')]);
    company('00100003', 'C', [PERSON]);
    const { names, end, data } = await chainOf('00100001');
    expect(names).toEqual(['Tier B Ltd.', 'Tier C Ltd.']);
    expect(data.levels.map(({ of, company_number }) => [of, company_number])).toEqual([
      ['00100001', '00100002'],
      ['00100002', '00100003'],
    ]);
    expect(end.kind).toBe('people');
    expect(JSON.stringify(data)).not.toMatch(/Anne|Private Lane/);
  });

  test('asks the register for two documents a level and keeps both like any other answer', async () => {
    const context = sourceContext(sandbox.url);
    for (let run = 0; run < 2; run += 1) {
      await createSourcesIn(context).read('companies_house.parent_chain', { companyNumber: '00100001' });
    }
    const { paths } = await sandbox.stats();
    expect(Object.values(paths).reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  test.each([
    [
      'abroad',
      owner('N', '33190344', {
        identification: { registration_number: '33190344', country_registered: 'Netherlands' },
      }),
    ],
    ['no_number', owner('N', '', { identification: { legal_authority: 'Companies Act 2006' } })],
    ['not_listed', owner('N', '00199999')],
    ['other_name', owner('Nobody Knows', '00100003')],
    ['people', owner('N', '00100003', { natures_of_control: ['ownership-of-shares-25-to-50-percent'] })],
  ])('ends with the reason: %s', async (kind, item) => {
    company('00100010', 'J', [item]);
    expect((await chainOf('00100010')).end.kind).toBe(kind);
  });

  test('does not go round in circles and does not climb for ever', async () => {
    company('00100021', 'P', [owner('Q', '00100022')]);
    company('00100022', 'Q', [owner('P', '00100021')]);
    expect((await chainOf('00100021')).end.kind).toBe('loop');
    for (let tier = 0; tier < 8; tier += 1) {
      company(`0010003${tier}`, String(tier), [owner(String(tier + 1), `0010003${tier + 1}`)]);
    }
    const { names, end } = await chainOf('00100030');
    expect([names.length, end.kind]).toEqual([5, 'too_long']);
  });

  test('says of a list that cannot be read that it could not be read', async () => {
    await sandbox.disturb({ path: '/company/00100003/persons-with-significant-control', kind: 'malformed' });
    const { names, end } = await chainOf('00100001');
    expect(names).toEqual(['Tier B Ltd.', 'Tier C Ltd.']);
    expect(end).toMatchObject({ kind: 'not_read', reason: expect.any(String) });
  });

  test('of the demo company with two levels ends at a company whose shares are traded', async () => {
    const { names, end } = await chainOf('DM000004');
    expect(names).toEqual(['DEMO HARBOUR LANTERNS LIMITED', 'EXAMPLE GALLEON HOLDINGS PLC']);
    expect(end).toMatchObject({ kind: 'exempt', code: 'psc-exempt-as-trading-on-uk-regulated-market' });
  });
});

test('exemptions are asked for only where nobody is listed and nothing is stated', async () => {
  const sources = createSourcesIn(sourceContext(sandbox.url));
  const outcomes = await Promise.all(
    ['DM000001', 'DM000010', 'DM000002'].map((companyNumber) =>
      sources.read('companies_house.exemptions', { companyNumber }),
    ),
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped', 'ok']);
  const { paths } = await sandbox.stats();
  expect(Object.keys(paths).filter((path) => path.endsWith('/exemptions'))).toEqual(['/company/DM000002/exemptions']);
});
