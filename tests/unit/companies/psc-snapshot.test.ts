import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { importPscSnapshot, type PscRow } from '@/lib/companies/import/psc-snapshot';
import { hasSharedData, sharedData } from '../../support/shared-data';

async function importLines(lines: readonly unknown[]) {
  const saved: PscRow[] = [];
  const rejected: [number, string][] = [];
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const counts = await importPscSnapshot(Readable.from([text]), {
    asOf: '2026-11-20',
    save: async (rows) => {
      saved.push(...rows);
      return { inserted: rows.length, updated: 0, unchanged: 0, unknown: 0 };
    },
    onRejected: (line, reason) => rejected.push([line, reason]),
  });
  return { counts, saved, rejected };
}

const COMPANY = {
  company_number: '1234567',
  data: {
    kind: 'corporate-entity-person-with-significant-control',
    name: 'Acme Holdings Limited',
    natures_of_control: ['ownership-of-shares-75-to-100-percent'],
    notified_on: '2020-02-01',
    identification: { registration_number: 3229377, country_registered: 'England', legal_form: 'Limited company' },
    links: { self: '/company/01234567/persons-with-significant-control/corporate-entity/abc' },
  },
};

describe('the snapshot of persons with significant control', () => {
  it.skipIf(!hasSharedData)('is read from the published example of a person and of the totals', async () => {
    const [person, totals] = ['bulk-data__psc_0.json', 'bulk-data__psc_2.json'].map((name) =>
      JSON.parse(readFileSync(sharedData('ch-stream-and-docs', name), 'utf8')),
    );
    const { counts, saved } = await importLines([person, totals]);
    expect(counts).toMatchObject({ read: 1, rejected: 0, announced: 9_792_999 + 627_924 + 60 });
    expect(saved).toMatchObject([
      {
        company_number: '09145694',
        psc_id: 'individual/bIhuKnMFctSnjrDjUG8n3NgOrlU',
        ceased_on: '2018-05-14',
        natures_of_control: ['ownership-of-shares-50-to-75-percent'],
        snapshot_on: '2026-11-20',
      },
    ]);
    // Nothing private of people is kept.
    const kept = JSON.stringify(saved);
    for (const private_ of ['1977', 'Vietnamese', 'RG9', 'Henley', 'etag']) expect(kept).not.toContain(private_);
  });

  it('gives companies among the controllers the number that the register knows them by', async () => {
    const { saved } = await importLines([COMPANY]);
    expect(saved).toMatchObject([
      { company_number: '01234567', registration_number: '03229377', place_registered: 'England' },
    ]);
  });

  it('passes over lines that are none of its entries, and names them', async () => {
    const { counts, rejected } = await importLines(['{"cut', COMPANY, '', { company_number: '?', data: COMPANY.data }]);
    expect(counts).toMatchObject({ read: 3, rejected: 2, inserted: 1, announced: null });
    expect(rejected).toEqual([
      [1, 'is no entry of the snapshot'],
      [4, 'names no company number of the register'],
    ]);
  });

  it('is refused when no line is an entry', async () => {
    await expect(importLines(['CompanyName,CompanyNumber', 'ACME,01234567'])).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});
