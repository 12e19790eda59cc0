import { afterAll, beforeAll, expect, test } from 'vitest';
import { peopleIn } from '@/lib/privacy/people-in-report';
import { withoutPeople } from '@/lib/privacy/person-name';
import { checkReport } from '@/lib/research/groundedness';
import { reportDocumentSchema } from '@/lib/research/schema';
import { createSourcesIn } from '@/lib/sources/registry';
import { openTestSandbox, type TestSandbox } from '@/tests/support/faulty-sandbox';
import { sourceContext } from '@/tests/support/source-context';
import { NOW, researchInSandbox, researchWith, valueIn } from './research-stand';

const COMPANY = 'DM000001';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox({ rateLimit: 100_000 });
});
afterAll(() => sandbox.close());

test('a person who asked for it is named nowhere in a new report, which still counts everybody', async () => {
  const before = await researchInSandbox(sandbox.url, COMPANY);
  expect(JSON.stringify(before.document)).toContain('FICTITIOUS');
  const context = sourceContext(sandbox.url, { now: () => NOW });
  const removed = async () => ['Ada Fictitious'];
  const { document, dropped } = await researchWith(
    createSourcesIn(context, async () => ({}), removed),
    COMPANY,
  );
  expect(JSON.stringify(document)).not.toMatch(/fictitious/i);
  expect(JSON.stringify(document)).toContain('(name removed)');
  expect(dropped).toEqual([]);
  expect(checkReport(document)).toEqual([]);
  const count = (report: typeof document) => valueIn(report, 'ownership', 'directors_active_count');
  expect(count(document)).toBe(count(before.document));
});

test('a person whom the web site names with a title is left out like one on the register', async () => {
  const context = sourceContext(sandbox.url, { now: () => NOW });
  const report = async (removed: string[]) =>
    (
      await researchWith(
        createSourcesIn(
          context,
          async () => ({}),
          async () => removed,
        ),
        'DM000011',
      )
    ).document;
  expect(valueIn(await report([]), 'ownership', 'key_people')).toContainEqual({
    name: 'Wilhelmina Glimmerwick',
    role: 'Head of Lamps',
    source: 'website.pages',
  });
  expect(JSON.stringify(await report(['Wilhelmina Glimmerwick']))).not.toContain('Glimmerwick');
});

test('a report without the names of all its people is still a report in which every sentence holds', async () => {
  const { document } = await researchInSandbox(sandbox.url, COMPANY);
  const names = peopleIn([document]);
  expect(names).toContain('FICTITIOUS, Ada Marigold');
  const without = reportDocumentSchema.parse(withoutPeople(document, names));
  for (const name of names) expect(JSON.stringify(without)).not.toContain(name);
  expect(JSON.stringify(without)).not.toMatch(/Fictitious|Placeholder|Testerley/i);
  expect(checkReport(without)).toEqual([]);
});

test('companies among officers and controllers keep their names', () => {
  const statements = [
    { field: 'officers_active', value: [{ name: 'JARS SECRETARIES LIMITED', role: 'corporate-secretary' }] },
    {
      field: 'psc',
      value: [{ name: 'Jars Holdings Limited', kind: 'corporate-entity-person-with-significant-control' }],
    },
    { field: 'pay_gap_responsible_person', value: 'Jane Doe (Director of People)' },
    { field: 'legal_name', value: 'JANE DOE LIMITED' },
  ];
  expect(peopleIn([{ statements }, { something: 'else' }])).toEqual(['Jane Doe']);
});
