import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';

let database: ScratchDatabase;

beforeAll(async () => {
  database = await createScratchDatabase();
});
afterAll(() => database.close());

type Row = Record<string, unknown> & { id: string };

async function importRows(rows: Row[]) {
  const [row] = await database.sql<{ value: { inserted: number; updated: number; unchanged: number } }[]>`
    select public.import_companies(${database.sql.json(JSON.parse(JSON.stringify(rows)))}) as value`;
  return row?.value;
}

async function company(id: string) {
  const [row] = await database.sql`select * from public.companies where id = ${id}`;
  return row;
}

type Filter = { status?: string; sic?: string; limit?: number; offset?: number };

async function search(query: string | null, { status, sic, limit = 25, offset = 0 }: Filter = {}): Promise<string[]> {
  const rows = await database.sql<{ name: string }[]>`
    select name from public.search_companies(${query}, ${status ?? null}, ${sic ?? null}, ${limit}, ${offset})`;
  return rows.map(({ name }) => name);
}

describe('importing companies', () => {
  const row = {
    id: '09000001',
    name: 'IMPORTED BAKERY LIMITED',
    status: 'active',
    company_type: 'ltd',
    incorporated_on: '2014-05-01',
    address: { line_1: '1 High Street', locality: 'London', postal_code: 'E1 1AA', region: null },
    sic_codes: ['10710'],
    accounts_category: 'micro-entity',
    charges_outstanding: 1,
    previous_names: [{ name: 'OLD BAKERY LIMITED', ceased_on: '2016-01-01' }],
  };

  it('counts what it inserted, updated and found unchanged', async () => {
    expect(await importRows([row, { id: '09000002', name: 'SECOND LIMITED' }])).toEqual({
      inserted: 2,
      updated: 0,
      unchanged: 0,
    });
    expect(await importRows([row, { id: '09000002', name: 'SECOND LIMITED' }])).toEqual({
      inserted: 0,
      updated: 0,
      unchanged: 2,
    });
    expect(
      await importRows([
        { ...row, status: 'liquidation' },
        { id: '09000003', name: 'THIRD LIMITED' },
      ]),
    ).toEqual({
      inserted: 1,
      updated: 1,
      unchanged: 0,
    });
    expect(await company('09000001')).toMatchObject({
      status: 'liquidation',
      locality: 'London',
      postal_code: 'E1 1AA',
      sic_codes: ['10710'],
      address: { line_1: '1 High Street', locality: 'London', postal_code: 'E1 1AA' },
    });
  });

  it('leaves columns alone that the rows do not have, and empties those that are null', async () => {
    await importRows([{ ...row, id: '09000006' }]);
    expect(await importRows([{ id: '09000006', name: row.name, accounts_category: null }])).toMatchObject({
      updated: 1,
    });
    expect(await company('09000006')).toMatchObject({
      status: 'active',
      locality: 'London',
      sic_codes: ['10710'],
      charges_outstanding: 1,
      previous_names: row.previous_names,
      accounts_category: null,
    });
  });

  it('takes the last of several rows of one company', async () => {
    const counts = await importRows([
      { id: '09000004', name: 'FIRST NAME' },
      { id: '09000004', name: 'LAST NAME' },
    ]);
    expect(counts).toEqual({ inserted: 1, updated: 0, unchanged: 1 });
    expect((await company('09000004'))?.name).toBe('LAST NAME');
  });

  it('does not touch demo companies', async () => {
    expect(await importRows([{ id: 'DM000001', name: 'SOMETHING ELSE' }])).toMatchObject({ unchanged: 1 });
    expect((await company('DM000001'))?.name).toMatch(/DEMO/);
  });

  it('only completes what was read from the register since, unless the file is newer', async () => {
    await importRows([{ id: '09000005', name: 'ENRICHED LIMITED', status: 'active' }]);
    await database.sql`update public.companies set status = 'dissolved', accounts_category = null, completeness = 0.8,
      jurisdiction = 'wales', register_read_at = '2026-06-01', enriched_at = '2026-06-01' where id = '09000005'`;
    const older = { id: '09000005', name: 'ENRICHED LIMITED', status: 'active', accounts_category: 'small' };
    expect(await importRows([older])).toMatchObject({ updated: 1 });
    expect(await company('09000005')).toMatchObject({ status: 'dissolved', accounts_category: 'small' });
    expect(await importRows([{ ...older, as_of: '2026-05-01' }])).toMatchObject({ unchanged: 1 });
    expect(await importRows([{ ...older, as_of: '2026-07-01' }])).toMatchObject({ updated: 1 });
    expect(await company('09000005')).toMatchObject({ status: 'active', jurisdiction: 'wales', completeness: '0.8' });
  });

  it('gives parallel imports of the same rows one insert each', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => ({ id: `081${String(n).padStart(5, '0')}`, name: `BULK ${n}` }));
    const results = await Promise.all([importRows(rows), importRows([...rows].reverse()), importRows(rows)]);
    const inserted = results.reduce((sum, result) => sum + (result?.inserted ?? 0), 0);
    expect(inserted).toBe(200);
  });

  it.each([['ABC'], ['abcd1234'], ['ABCDE123'], ['123456789']])('refuses the number %s', async (id) => {
    await expect(importRows([{ id, name: 'X' }])).rejects.toMatchObject({ code: '23514' });
  });
});

describe('searching companies', () => {
  beforeAll(async () => {
    await importRows([
      { id: '00445790', name: 'TESCO PLC', status: 'active', sic_codes: ['47110'] },
      { id: '00519500', name: 'TESCO STORES LIMITED', status: 'active', sic_codes: ['47110'] },
      { id: '00700001', name: "TESCO'S OLD HAND LIMITED", status: 'dissolved' },
      { id: 'SC428761', name: 'ADMINISTRATE LIMITED', status: 'active', sic_codes: ['62012'] },
      { id: 'RS0031EN', name: 'ANGLIAN ALLOTMENT SOCIETY', status: 'registered' },
      { id: '07000001', name: 'THE CORNISH PASTY COMPANY LIMITED', status: 'active' },
      { id: '07000002', name: '100% WOOL_LEN LIMITED', status: 'active' },
      { id: '07000003', name: 'ÉCLAIR & FILS LIMITED', status: 'active' },
    ]);
  });

  it.each([
    ['445790', 'TESCO PLC'],
    ['00445790', 'TESCO PLC'],
    [' sc428761 ', 'ADMINISTRATE LIMITED'],
    ['SC4287', 'ADMINISTRATE LIMITED'],
    ['rs0031en', 'ANGLIAN ALLOTMENT SOCIETY'],
    ['RS00', 'ANGLIAN ALLOTMENT SOCIETY'],
  ])('finds the number %s', async (query, name) => {
    expect((await search(query))[0]).toBe(name);
  });

  it('finds by the beginning of the name, in the order of names', async () => {
    expect(await search('tesco')).toEqual(["TESCO'S OLD HAND LIMITED", 'TESCO PLC', 'TESCO STORES LIMITED'].sort());
    expect(await search('  tesco   st')).toEqual(['TESCO STORES LIMITED']);
  });

  it.each([
    ['pasty', 'THE CORNISH PASTY COMPANY LIMITED'],
    ['stores tesco', 'TESCO STORES LIMITED'],
    ['tesko stores', 'TESCO STORES LIMITED'],
    ['tesco stroes', 'TESCO STORES LIMITED'],
    ['adminstrate', 'ADMINISTRATE LIMITED'],
    ['cornihs pasty', 'THE CORNISH PASTY COMPANY LIMITED'],
    ['éclair', 'ÉCLAIR & FILS LIMITED'],
    ['demo marmelade works', 'DEMO MARMALADE WORKS LIMITED'],
  ])('finds %s', async (query, name) => {
    expect((await search(query))[0]).toBe(name);
  });

  it('takes percent, underscore and backslash literally', async () => {
    expect(await search('100% wool_')).toEqual(['100% WOOL_LEN LIMITED']);
    expect(await search('l_n')).not.toContain('THE CORNISH PASTY COMPANY LIMITED');
    expect(await search('%')).toEqual([]);
    expect(await search('\\')).toEqual([]);
  });

  it('filters by status and by SIC code', async () => {
    expect(await search('tesco', { status: 'dissolved' })).toEqual(["TESCO'S OLD HAND LIMITED"]);
    expect(await search('', { sic: '62012' })).toContain('ADMINISTRATE LIMITED');
    expect(await search('', { sic: '62012' })).not.toContain('TESCO PLC');
    expect(await search('445790', { status: 'dissolved' })).not.toContain('TESCO PLC');
  });

  it('lists by name without a query, page after page, each company once', async () => {
    const [row] = await database.sql<{ count: number }[]>`select count(*)::int from public.companies`;
    const seen: string[] = [];
    for (let offset = 0; offset < (row?.count ?? 0); offset += 100)
      seen.push(...(await search(null, { limit: 100, offset })));
    expect(seen).toHaveLength(row?.count ?? 0);
    expect(seen).toEqual(seen.toSorted((a, b) => (Buffer.from(a) < Buffer.from(b) ? -1 : 1)));
  });

  it('finds nothing where there is nothing', async () => {
    expect(await search('zzzzqqqq')).toEqual([]);
  });
});
