import { expect, test } from 'vitest';
import { readCompanyNumbers } from '@/app/(workspace)/batches/new/read-company-numbers';

test('numbers are read as people paste them', () => {
  const { ids, problems } = readCompanyNumbers('6\n sc123456 \r\n"00000007","00000008"\n\n9;10\t11,');
  expect(problems).toEqual([]);
  expect(ids).toEqual(['00000006', 'SC123456', '00000007', '00000008', '00000009', '00000010', '00000011']);
});

test('a heading is no problem, and a number named twice counts once', () => {
  expect(readCompanyNumbers('CompanyNumber\n6\n00000006')).toEqual({ ids: ['00000006'], repeated: 1, problems: [] });
});

test('what cannot be a number is named with its line', () => {
  const { ids, problems } = readCompanyNumbers('6\nTEACUP REPAIRS 2\n7, x9');
  expect(ids).toEqual(['00000006', '00000007']);
  expect(problems).toEqual([
    { line: 2, text: 'TEACUP REPAIRS 2' },
    { line: 3, text: 'x9' },
  ]);
});
