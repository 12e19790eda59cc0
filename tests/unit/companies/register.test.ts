import { describe, expect, it } from 'vitest';
import { fullYearsBetween, isRealDay, toDay, writtenDay } from '@/lib/companies/register/calendar';
import { officerNameKey, presentOfficerName } from '@/lib/companies/register/officer-name';

describe('the name of an officer', () => {
  it.each([
    ['EXAMPLE, Jane Mary', 'Jane Mary Example'],
    ['O’EXAMPLE, Ian', 'Ian O’Example'],
    ['SMITH-JONES, Anne', 'Anne Smith-Jones'],
    ['MCDONALD, Fay', 'Fay McDonald'],
    ['VAN DER BERG, Piet', 'Piet Van der Berg'],
    ['EXAMPLE, John, Dr', 'Dr John Example'],
    ['Mr John Example', 'Mr John Example'],
    ['EXAMPLE NOMINEES LIMITED', 'EXAMPLE NOMINEES LIMITED'],
  ])('%s is shown as %s', (register, shown) => {
    expect(presentOfficerName(register)).toBe(shown);
  });

  it('is recognised in both spellings of the register', () => {
    expect(officerNameKey('Mr Peter Francis Example')).toBe(officerNameKey('EXAMPLE, Peter Francis'));
    expect(officerNameKey('Mr Peter Example')).not.toBe(officerNameKey('EXAMPLE, Paul'));
  });
});

describe('a day', () => {
  it('exists in the calendar or is none', () => {
    expect(isRealDay('2024-02-29')).toBe(true);
    expect(isRealDay('2023-02-29')).toBe(false);
    expect(toDay('2013-04-05T00:00:00.000Z')).toBe('2013-04-05');
    expect(toDay('2023-13-01')).toBeNull();
    expect(toDay(1445904000000)).toBeNull();
  });

  it('is written as people do, and years are counted as birthdays are', () => {
    expect(writtenDay('2019-10-05')).toBe('5 October 2019');
    expect(fullYearsBetween('2016-11-24', '2026-11-23')).toBe(9);
    expect(fullYearsBetween('2016-11-23', '2026-11-23')).toBe(10);
  });
});
