import { describe, expect, test } from 'vitest';
import { formatFieldName } from '@/components/format/field-names';
import {
  confidenceBand,
  formatDate,
  formatDuration,
  formatExact,
  formatMoney,
  formatValue,
} from '@/components/format/format-value';

describe('values as people read them', () => {
  test('money comes in whole pence and is shown in pounds, with pence only where there are some', () => {
    expect(formatMoney(123_456_00)).toBe('£123,456');
    expect(formatMoney(123_456_05)).toBe('£123,456.05');
    expect(formatMoney(-5_00)).toBe('-£5');
  });

  test('an exact time names the UK time zone in force on its day', () => {
    expect(formatExact('2025-10-12T10:00:00Z')).toBe('12 Oct 2025, 11:00:00 BST');
    expect(formatExact('2025-12-12T10:00:00Z')).toBe('12 Dec 2025, 10:00:00 GMT');
  });

  test('a date without a time gets no time, in no time zone', () => {
    expect(formatExact('2025-07-01')).toBe('1 Jul 2025');
    expect(formatDate('2025-07-01')).toBe('1 Jul 2025');
  });

  test('text that is no date stays as it is', () => {
    expect(formatDate('soon')).toBe('soon');
    expect(formatValue('N/A')).toBe('N/A');
  });

  test('numbers carry their unit or their currency', () => {
    expect(formatValue(1234, { unit: 'employees' })).toBe('1,234 employees');
    expect(formatValue(1, { unit: 'employees' })).toBe('1 employee');
    expect(formatValue({ pence: -1_200_050, currency: 'GBP', as_of: '2025-03-31' })).toBe('-£12,000.50 on 31 Mar 2025');
    expect(formatValue(99_00, { currency: 'GBP' })).toBe('£99');
  });

  test('an empty list is none, and nothing is a dash: the two differ', () => {
    expect(formatValue([])).toBe('None');
    expect(formatValue(null)).toBe('—');
  });

  test('of a record the words are shown and not the codes beside them', () => {
    const officer = {
      name: 'DOE, Jane',
      display_name: 'Jane Doe',
      role: 'director',
      role_text: 'Director',
      occupation: null,
    };
    expect(formatValue(officer)).toBe('Jane Doe, Director');
  });

  test('a record starts with what it is of, whatever the order of its members, and each record has its line', () => {
    const officers = [
      { role_text: 'Director', appointed_on: '2020-01-02', display_name: 'Jane Doe' },
      { role_text: 'Secretary', appointed_on: null, display_name: 'John Roe' },
    ];
    expect(formatValue(officers)).toBe('Jane Doe, Director, appointed on 2 Jan 2020\nJohn Roe, Secretary');
  });

  test('field names become words, and abbreviations stay capital', () => {
    expect(formatFieldName('accounts_made_up_to')).toBe('Accounts made up to');
    expect(formatFieldName('sic_codes')).toBe('SIC codes');
    expect(formatFieldName('officers_active_count')).toBe('Number of officers in office');
    expect(formatFieldName('psc_count')).toBe('Number of persons with significant control');
  });

  test('lengths of time are said in the two largest units', () => {
    expect(formatDuration(8_400)).toBe('8 s');
    expect(formatDuration(125_000)).toBe('2 min 5 s');
    expect(formatDuration(3_840_000)).toBe('1 h 4 min');
  });

  test('confidence is high from 80% and medium from 55%', () => {
    expect([0.8, 0.79, 0.55, 0.54].map(confidenceBand)).toEqual(['high', 'medium', 'medium', 'low']);
  });
});
