import { afterAll, beforeAll, expect, it } from 'vitest';
import { companiesAtAddressSchema } from '@/lib/sources/register-file/schema';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';

let database: ScratchDatabase;
beforeAll(async () => {
  database = await createScratchDatabase();
  await database.sql`insert into public.companies (id, name, address, postal_code, dissolved_on)
    select lpad(i::text, 8, '0'), 'Company ' || i,
      jsonb_build_object('line_1', case when i <= 40 then '71-75 Shelton Street' else i || ' Sample Road' end),
      'ZZ1 1ZZ', case when i = 40 then date '2020-01-01' end
    from generate_series(1, 60) i`;
  await database.sql`insert into public.companies (id, name, address, postal_code)
    values ('10000001', 'Written otherwise', '{"line_1": "71 - 75, SHELTON STREET"}', 'ZZ1 1ZZ'),
      ('10000002', 'Elsewhere', '{"line_1": "71-75 Shelton Street"}', 'ZZ2 2ZZ'), ('10000003', 'Nowhere', '{}', null)`;
});
afterAll(() => database.close());

async function atAddressOf(number: string, least = 10, most = 1_000) {
  const [row] = await database.sql`select public.companies_at_address_of(${number}, ${least}, ${most}) as answer`;
  return companiesAtAddressSchema.parse(row?.answer);
}

it('counts the other live companies with the postcode and first line, however it is written', async () => {
  expect((await atAddressOf('00000001')).office).toEqual({
    line_1: '71-75 Shelton Street',
    postal_code: 'ZZ1 1ZZ',
    others: 39,
  });
  expect((await atAddressOf('10000001')).office?.others).toBe(39);
  expect((await atAddressOf('10000002')).office?.others).toBe(0);
});

it('counts no further than it is told', async () => {
  expect((await atAddressOf('00000001', 10, 5)).office?.others).toBe(5);
});

it('knows nothing of a company without an address, and of one that is not there', async () => {
  expect((await atAddressOf('10000003')).office).toBeNull();
  expect((await atAddressOf('99999999')).office).toBeNull();
});

it('says whether enough companies are known, and of which day the newest file is', async () => {
  expect(await atAddressOf('00000001', 64)).toMatchObject({ is_imported: false, file_of: null, imported_at: null });
  await database.sql`select public.note_register_file('2026-10-01'), public.note_register_file('2026-11-01')`;
  expect(await atAddressOf('00000001', 63)).toMatchObject({ is_imported: true, file_of: '2026-11-01' });
});
