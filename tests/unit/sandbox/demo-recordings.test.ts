import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import filingDescriptions from '@/lib/companies/enumerations/filing-descriptions.json';
import {
  chargeListSchema,
  companyProfileSchema,
  filingHistorySchema,
  insolvencySchema,
  officerListSchema,
  pscListSchema,
  pscStatementListSchema,
} from '@/lib/sources/companies-house/schema';
import { DEMO_RECORDINGS } from '@/sandbox/recordings';

const SCHEMAS: Record<string, z.ZodType> = {
  charges: chargeListSchema,
  'filing-history': filingHistorySchema,
  insolvency: insolvencySchema,
  officers: officerListSchema,
  'persons-with-significant-control': pscListSchema,
  'persons-with-significant-control-statements': pscStatementListSchema,
};
const folder = join(DEMO_RECORDINGS, 'companies-house', 'company');
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const numbers = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

describe('the demo companies', () => {
  it('are twelve, with numbers that the register does not give out', () => {
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => `DM${String(index + 1).padStart(6, '0')}`));
  });

  it.each(numbers)('%s is plainly invented and agrees with itself', (number) => {
    const profile = companyProfileSchema.parse(read(`${number}.json`));
    expect(profile.company_number).toBe(number);
    expect(profile.company_name).toMatch(/DEMO|EXAMPLE/);
    expect(profile.registered_office_address?.postal_code).toMatch(/^ZZ/);
    const recorded = readdirSync(join(folder, number)).map((name) => name.slice(0, -'.json'.length));
    for (const resource of recorded) {
      expect(SCHEMAS[resource]?.safeParse(read(number, `${resource}.json`)).error?.issues).toBeUndefined();
    }
    const linked = Object.values(profile.links ?? {}).filter((link) => link !== `/company/${number}`);
    expect(linked.sort()).toEqual(recorded.map((resource) => `/company/${number}/${resource}`).sort());
    expect(profile.has_charges).toBe(recorded.includes('charges'));
    expect(profile.has_insolvency_history).toBe(recorded.includes('insolvency'));
  });

  it.each(numbers)('%s filed only what the register can put into words, newest first', (number) => {
    const { items, total_count } = filingHistorySchema.parse(read(number, 'filing-history.json'));
    expect(items).toHaveLength(Number(total_count));
    const dates = items.map(({ date }) => date ?? '');
    expect(dates).toEqual([...dates].sort().reverse());
    const known = new Set([...Object.keys(filingDescriptions), 'legacy']);
    expect(items.map(({ description }) => description ?? '').filter((key) => !known.has(key))).toEqual([]);
  });

  it('never share a transaction id', () => {
    const ids = numbers.flatMap((number) =>
      filingHistorySchema.parse(read(number, 'filing-history.json')).items.map(({ transaction_id }) => transaction_id),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('cover the kinds that a register has', () => {
    const profiles = numbers.map((number) => companyProfileSchema.parse(read(`${number}.json`)));
    expect(new Set(profiles.map(({ company_status }) => company_status))).toEqual(
      new Set(['active', 'liquidation', 'dissolved']),
    );
    expect(new Set(profiles.map(({ type }) => type))).toEqual(
      new Set(['ltd', 'plc', 'llp', 'private-limited-guarant-nsc']),
    );
    const all = z.array(z.object({ company_status_detail: z.string() })).min(1);
    expect(all.safeParse(profiles.filter((profile) => profile.company_status_detail)).success).toBe(true);
    expect(profiles.filter(({ accounts }) => accounts?.overdue).length).toBeGreaterThan(0);
  });
});
