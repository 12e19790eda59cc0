import { describe, expect, test } from 'vitest';
import { turnedClaims } from '@/lib/research/checks/claims';
import { ungroundedNumbers } from '@/lib/research/checks/numbers';
import type { Statement } from '@/lib/research/schema';

function stated(field: string, value: Statement['value'], currency: string | null = null): Statement {
  const rest = { unit: null, period: null, formula: null, conflicts: [], evidence: ['E1'], confidence: 0.97 };
  return { id: 'S1', field, value, currency, as_of: '2025-03-31', method: 'parsed', ...rest };
}

const claims = (text: string, ...statements: Statement[]) => turnedClaims({ text }, statements, []);
const numbers = (text: string, ...statements: Statement[]) => ungroundedNumbers({ text }, statements, []);

describe('a sentence is not let through when it', () => {
  test('gives net assets out as turnover', () => {
    expect(claims('Turnover was £1,605,200.', stated('net_assets', 160_520_000, 'GBP'))).not.toEqual([]);
  });

  test('says that something grew which fell, or the other way round', () => {
    expect(claims('Cash grew 12%.', stated('cash_growth', -12))).toEqual(['what it cites went down']);
    expect(claims('Cash fell by 12%.', stated('cash_growth', 12))).toEqual(['what it cites went up']);
  });

  test('denies charges or insolvency cases that are there', () => {
    expect(claims('There are no outstanding charges.', stated('charges_outstanding', 8))).not.toEqual([]);
    expect(claims('It went through without any insolvency.', stated('insolvency_cases', 1))).not.toEqual([]);
  });

  test('speaks of charges as if there were some where there are none', () => {
    expect(claims('It has charges outstanding.', stated('charges_outstanding', 0))).toEqual([
      'charges_outstanding is none',
    ]);
  });

  test('writes a number in words that nothing it cites holds', () => {
    expect(numbers('It has twelve directors.', stated('officers_active_count', 3))).toEqual(['12']);
  });

  test('reads pence as pounds', () => {
    expect(numbers('It has £160,520,000.', stated('cash', 160_520_000, 'GBP'))).toEqual(['160520000']);
  });
});

test('a sentence that says what it cites is let through', () => {
  expect(claims('Net assets rose by 12%.', stated('net_assets_growth', 12))).toEqual([]);
  expect(claims('No charge is on the register.', stated('charges_total', 0))).toEqual([]);
  expect(claims('Of 9 registered charges, 8 are outstanding.', stated('charges_outstanding', 8))).toEqual([]);
  expect(numbers('It has three directors.', stated('officers_active_count', 3))).toEqual([]);
  expect(numbers('It had £1,605,200 in cash.', stated('cash', 160_520_000, 'GBP'))).toEqual([]);
});
