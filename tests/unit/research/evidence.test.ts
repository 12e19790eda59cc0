import { describe, expect, test } from 'vitest';
import { cite } from '@/lib/research/evidence/citations';
import { recompute } from '@/lib/research/evidence/computations';
import { createEvidenceBook } from '@/lib/research/evidence/evidence-book';
import { findPath, readPath } from '@/lib/research/evidence/json-path';
import { numberKeys } from '@/lib/research/evidence/number-keys';
import { NOW, okAnswer } from './research-stand';

const answer = okAnswer('companies_house.officers', {
  items: [
    { name: 'SAMPLE, Ann', appointed_on: '2020-02-29', date_of_birth: { month: 3, year: 1970 }, resigned_on: null },
  ],
});

describe('locators', () => {
  test('read members and list places', () => {
    expect(readPath({ a: { b: [{ c: 5 }] } }, '$.a.b[0].c')).toEqual({ found: true, value: 5 });
  });

  test('tell a null from a member that is not there', () => {
    expect(readPath({ a: null }, '$.a')).toEqual({ found: true, value: null });
    expect(readPath({ a: null }, '$.b')).toEqual({ found: false });
  });

  test('find nothing by paths they do not understand, and nothing inherited', () => {
    expect(readPath({ a: 1 }, '$..a')).toEqual({ found: false });
    expect(readPath({}, '$.constructor')).toEqual({ found: false });
  });

  test('can be found for a value', () => {
    expect(findPath({ cases: [{ dates: [{ date: '2026-06-17' }] }] }, '2026-06-17')).toBe('$.cases[0].dates[0].date');
  });
});

describe('citations', () => {
  test('show of a person only the members that were asked for', () => {
    if (answer.outcome !== 'ok') throw new Error('unexpected');
    const { snippet } = cite(answer, '$.items[0]', { members: ['name', 'appointed_on', 'resigned_on'] });
    expect(snippet).toBe('name: SAMPLE, Ann; appointed_on: 2020-02-29');
  });

  test('show the length of a list of objects', () => {
    if (answer.outcome !== 'ok') throw new Error('unexpected');
    expect(cite(answer, '$.items').snippet).toBe('1 entry');
  });
});

describe('the evidence book', () => {
  test('numbers everything in order and cites the same place once', () => {
    if (answer.outcome !== 'ok') throw new Error('unexpected');
    const book = createEvidenceBook(NOW);
    const citations = [cite(answer, '$.items[0].name'), cite(answer, '$.items[0].appointed_on')];
    const first = book.state({ field: 'a', value: 'x', method: 'parsed', citations, asOf: '2026-11-23' });
    const second = book.state({ field: 'b', value: 'y', method: 'parsed', citations, asOf: '2026-11-23' });
    expect([first.id, second.id]).toEqual(['S1', 'S2']);
    expect(second.evidence).toEqual(['E1', 'E2']);
    expect(book.takeFragment().sources.map(({ index }) => index)).toEqual([1]);
  });

  test('goes on numbering where saved sections ended', () => {
    if (answer.outcome !== 'ok') throw new Error('unexpected');
    const citations = [cite(answer, '$.items[0].name')];
    const before = createEvidenceBook(NOW);
    before.state({ field: 'a', value: 'x', method: 'parsed', citations, asOf: '2026-11-23' });
    const book = createEvidenceBook(NOW, [before.takeFragment()]);
    const next = book.state({ field: 'b', value: 'y', method: 'parsed', citations, asOf: '2026-11-23' });
    expect(next).toMatchObject({ id: 'S2', evidence: ['E1'] });
    expect(book.takeFragment().evidence).toEqual([]);
  });

  test('marks both sides of a contradiction and trusts the kept one less', () => {
    if (answer.outcome !== 'ok') throw new Error('unexpected');
    const book = createEvidenceBook(NOW);
    const citations = [{ ...cite(answer, '$.items'), basis: 'register' as const }];
    const kept = book.state({ field: 'a', value: 1, method: 'computed', citations, asOf: '2026-11-23' });
    const other = book.state({ field: 'b', value: false, method: 'copied', citations, asOf: '2026-11-23' });
    book.conflict(kept, other);
    expect(kept).toMatchObject({ conflicts: [other.id], confidence: 0.588 });
    expect(other).toMatchObject({ conflicts: [kept.id], confidence: 0.98 });
  });
});

describe('computations', () => {
  const values: Record<string, string> = { E1: '2019-02-28', E2: '2020-02-29' };
  const again = (formula: string) => recompute(formula, (id) => values[id]);

  test.each([
    ['full_years(E1, 2026-02-27)', 6],
    ['full_years(E1, 2026-02-28)', 7],
    ['months_in_period(E1, E2)', 12],
    ['months_in_period(2021-03-16, 2022-03-31)', 12],
    ['months_in_period(2018-04-01, 2019-03-31)', 12],
    ['months_in_period(2018-01-01, 2019-03-31)', 15],
    ['count(E1, E2)', 2],
    ['count()', 0],
  ])('%s is %i', (formula, value) => {
    expect(again(formula)).toBe(value);
  });

  test('refuse formulas and inputs they do not know', () => {
    expect(again('revenue(E1)')).toBeNull();
    expect(again('count(E9)')).toBeNull();
  });
});

describe('numbers in texts', () => {
  test.each([
    ['filed on 31 March 2024', ['2024-03-31']],
    ['2024-03-31T10:00:00Z', ['2024-03-31']],
    ['1,200 shares', ['1200']],
    ['about £1.2m', ['1200000']],
    ['75% or more', ['75']],
    ['EC4R 1AG', ['EC4R', '1AG']],
    ['company 07798925', ['07798925']],
  ])('“%s” has one normal form', (text, keys) => {
    expect([...numberKeys(text)]).toEqual(keys);
  });
});
