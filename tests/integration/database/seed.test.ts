import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createScratchDatabase, type ScratchDatabase } from '../../support/scratch-database';

const RECORDINGS = new URL('../../../sandbox/recordings/companies-house/company/', import.meta.url);

const profileSchema = z.object({
  company_number: z.string(),
  company_name: z.string(),
  company_status: z.string(),
  company_status_detail: z.string().optional(),
  type: z.string(),
  date_of_creation: z.string(),
  date_of_cessation: z.string().optional(),
  sic_codes: z.array(z.string()).default([]),
  registered_office_address: z.object({ postal_code: z.string().optional() }),
});

let database: ScratchDatabase;

beforeAll(async () => {
  database = await createScratchDatabase();
});
afterAll(() => database.close());

describe('the demo companies', () => {
  it('are what the recordings of the sandbox say they are', async () => {
    const recorded = readdirSync(RECORDINGS)
      .filter((file) => /^DM\d{6}\.json$/.test(file))
      .sort()
      .map((file) => profileSchema.parse(JSON.parse(readFileSync(new URL(file, RECORDINGS), 'utf8'))))
      .map((profile) => ({
        id: profile.company_number,
        name: profile.company_name,
        status: profile.company_status,
        status_detail: profile.company_status_detail ?? null,
        company_type: profile.type,
        incorporated_on: profile.date_of_creation,
        dissolved_on: profile.date_of_cessation ?? null,
        sic_codes: profile.sic_codes,
        postal_code: profile.registered_office_address.postal_code ?? null,
      }));
    const seeded = await database.sql`select id, name, status, status_detail, company_type, incorporated_on::text,
      dissolved_on::text, sic_codes, postal_code from public.companies where is_demo order by id`;
    expect(recorded).toHaveLength(12);
    expect([...seeded]).toEqual(recorded);
  });

  it('stay as they are when the seed runs again', async () => {
    await database.sql`update public.companies set jurisdiction = 'wales' where id = 'DM000001'`;
    await database.sql.unsafe(readFileSync(new URL('../../../supabase/seed.sql', import.meta.url), 'utf8')).simple();
    const [row] = await database.sql`select jurisdiction from public.companies where id = 'DM000001'`;
    expect(row?.jurisdiction).toBe('wales');
  });
});
