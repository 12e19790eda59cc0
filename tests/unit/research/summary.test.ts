import { expect, test } from 'vitest';
import { summarise } from '@/lib/research/summary';
import { reportWith } from './export/export-stand';
import { researchWith, sourcesOf } from './research-stand';

test('a reader learns in a minute who they are, how they do, what changed and what to do', () => {
  expect(summarise(reportWith()).map(({ title }) => title)).toEqual([
    'Who they are',
    'How they do',
    'What changed',
    'What to do',
  ]);
});

test('the summary says nothing that the report does not say, and keeps its sources', () => {
  const report = reportWith({ sentence: 'ODD LTD (company number 00000001) is a company.' });
  const [who] = summarise(report);
  expect(who?.sentences).toEqual(report.sections[0]?.sentences);
  expect(who?.sentences[0]?.statements).toEqual(['S1']);
});

test('where nothing could be read, no question is answered', async () => {
  const { document } = await researchWith(sourcesOf({}), '00000006');
  expect(summarise(document).flatMap(({ sentences }) => sentences)).toEqual([]);
});
