import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwardRow } from '@/lib/sources/procurement/schema';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';

const FEED = 'contracts_finder@test';
const NOW = '2026-11-23T09:00:00Z';

let database: ScratchDatabase;
beforeAll(async () => {
  database = await createScratchDatabase();
});
afterAll(() => database.close());

const claim = async (limit: number, now = NOW): Promise<string[]> => {
  const [row] = await database.sql`select public.claim_contract_spans(${FEED}, ${now}, 24, 365, ${limit}) as spans`;
  return row?.spans.map((span: { starts_at: string }) => new Date(span.starts_at).toISOString());
};
const save = (startsAt: string, rows: object[], damaged = 0) =>
  database.sql`select public.save_contract_span(${FEED}, ${startsAt}, ${NOW}, ${damaged}, ${database.sql.json(rows as never)})`;
const awardsOf = async (number: string, name: string | null = null, postcode: string | null = null) => {
  const [row] = await database.sql`select public.contract_awards_of(${FEED}, ${number}, ${name}, ${postcode}) as found`;
  return row?.found;
};
const row = (id: string, more: Partial<AwardRow> = {}) => ({
  ocid: id,
  award_id: '1',
  supplier_key: '01234567',
  supplier_number: '01234567',
  name_key: 'ACME LTD',
  postcode: 'PE305BY',
  published_at: '2026-11-22T10:00:00Z',
  document: { title: id },
  ...more,
});

describe('spans of contract awards', () => {
  it('are claimed newest first, and no two workers get the same one', async () => {
    expect(await claim(2)).toEqual(['2026-11-23T00:00:00.000Z', '2026-11-22T00:00:00.000Z']);
    const [one, other] = await Promise.all([claim(2), claim(2)]);
    const claimed = [...one, ...other];
    expect(claimed).toContain('2026-11-21T00:00:00.000Z');
    expect(new Set(claimed).size).toBe(claimed.length);
  });

  it('are claimed again when their worker is gone, and no more once they were read after their end', async () => {
    const [newest] = await claim(1, '2026-11-23T09:03:00Z');
    expect(newest).toBe('2026-11-23T00:00:00.000Z');
    await save('2026-11-23T00:00:00Z', [row('a')]);
    await save('2026-11-22T00:00:00Z', [row('b'), row('b')], 2);
    expect((await claim(1, '2026-11-23T10:00:00Z'))[0]).toBe('2026-11-21T00:00:00.000Z');
    expect(await claim(2, '2026-11-23T16:00:00Z')).toEqual(['2026-11-23T00:00:00.000Z', '2026-11-21T00:00:00.000Z']);
  });

  it('tell which unbroken time was looked through, and what was damaged in it', async () => {
    await save('2026-11-20T00:00:00Z', [row('c', { published_at: '2026-11-20T10:00:00Z' })]);
    const found = await awardsOf('01234567');
    expect(found).toMatchObject({
      looked_from: '2026-11-22T00:00:00+00:00',
      looked_to: '2026-11-23T09:00:00+00:00',
      damaged: 2,
    });
    expect(found.awards.map(({ title }: { title: string }) => title)).toEqual(['a', 'b', 'c']);
  });

  it('reach back to the beginning of the year that is of interest, also when they are long', async () => {
    const [long] = await database.sql`select public.claim_contract_spans('long@test', ${NOW}, 9600, 365, 5) as spans`;
    const starts = long?.spans.map((span: { starts_at: string }) => span.starts_at.slice(0, 10));
    expect(starts).toEqual(['2026-07-28', '2025-06-23']);
  });

  it('give awards without a number by name and postcode only', async () => {
    const unnumbered = { supplier_number: null, supplier_key: 'ACME LTD|PE305BY' };
    await save('2026-11-21T00:00:00Z', [row('d', unnumbered)]);
    const byName = await awardsOf('09999999', 'ACME LTD', 'PE305BY');
    expect(byName.awards).toEqual([{ title: 'd', matched_by: 'name_and_postcode' }]);
    expect((await awardsOf('09999999', 'ACME LTD', null)).awards).toEqual([]);
  });

  it('know nothing before anything was read', async () => {
    const [found] = await database.sql`select public.contract_awards_of('other', '1', null, null) as found`;
    expect(found?.found).toMatchObject({ looked_from: null, read_at: null, awards: [] });
  });
});

describe('gender pay gap returns', () => {
  const returned = (more: object = {}) => ({
    company_number: '01234567',
    reporting_year: 2021,
    employer_name: 'ACME LTD',
    size_band: '250 to 499',
    median_hourly_percent: 8.7,
    submitted_on: '2022-03-31',
    submitted_late: false,
    ...more,
  });
  const importRows = async (...rows: object[]) => {
    const [saved] = await database.sql`
      select public.import_pay_gap_returns(${database.sql.json(rows as never)}) as counts`;
    return saved?.counts;
  };

  it('are kept once, renewed by a later submission and not by an earlier one', async () => {
    expect(await importRows(returned(), returned({ submitted_on: '2022-01-01' }))).toEqual({
      inserted: 1,
      updated: 0,
      unchanged: 1,
    });
    expect(await importRows(returned())).toEqual({ inserted: 0, updated: 0, unchanged: 1 });
    expect(await importRows(returned({ submitted_on: '2022-01-01', size_band: 'x' }))).toMatchObject({ unchanged: 1 });
    expect(await importRows(returned({ submitted_on: '2022-05-01', size_band: '500 to 999' }))).toMatchObject({
      updated: 1,
    });
    const [found] = await database.sql`select public.pay_gap_returns_of('01234567') as found`;
    expect(found?.found).toMatchObject({
      years: [2021],
      returns: [{ reporting_year: 2021, size_band: '500 to 999', median_hourly_percent: 8.7 }],
    });
  });
});
