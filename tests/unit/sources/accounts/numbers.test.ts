import { describe, expect, it } from 'vitest';
import { readDecimal, toNumber, wholeNumber } from '@/lib/sources/accounts/decimal';
import { readWrittenDate } from '@/lib/sources/accounts/written-date';

function pence(text: string, format: string | null = null, scale = 0, negated = false): number | null {
  const decimal = readDecimal(text, format, scale, negated);
  return decimal === null ? null : wholeNumber(decimal, 2);
}

describe('Numbers of filed accounts', () => {
  it.each([
    ['4,334,074', 'ixt2:numdotdecimal', 0, false, 433_407_400],
    ['4,334,074', 'ixt:numcommadot', 0, false, 433_407_400],
    ['4.334.074,50', 'ixt:numdotcomma', 0, false, 433_407_450],
    ['4 334 074,5', 'ixt4:num-comma-decimal', 0, false, 433_407_450],
    ['6,700', 'ixt2:numdotdecimal', 3, true, -670_000_000],
    ['17,377', null, 0, true, -1_737_700],
    ['(17,377)', null, 0, false, -1_737_700],
    ['(17,377)', null, 0, true, -1_737_700],
    ['-17377', null, 0, false, -1_737_700],
    ['0.1', null, 6, false, 10_000_000],
    ['275, 894', null, 0, false, 27_589_400],
    ['£1 234.56', 'ixt4:num-dot-decimal', 0, false, 123_456],
    ['2', null, -2, false, 2],
    ['0.005', null, 0, false, 1],
    ['0', null, 0, true, 0],
    ['-', 'ixt2:zerodash', 0, false, 0],
    ['–', 'ixt:numdash', 0, false, 0],
    ['nil', 'ixt4:fixed-zero', 0, false, 0],
  ])('reads %s (%s, scale %i, negated %s) as %i pence', (text, format, scale, negated, expected) => {
    expect(pence(text, format, scale, negated)).toBe(expected);
  });

  it.each([
    ['-', null],
    ['', null],
    ['', 'ixt2:nocontent'],
    ['n/a', null],
    ['1,234 approx', null],
    ['12.34.56', null],
    ['9'.repeat(30), null],
  ])('takes “%s” (%s) for no number', (text, format) => {
    expect(pence(text, format)).toBeNull();
  });

  it('gives no number where a number could not hold it exactly', () => {
    expect(pence('9,007,199,254,740,993')).toBeNull();
    expect(pence('1', null, 16)).toBeNull();
  });

  it('keeps the decimal places of an average', () => {
    const decimal = readDecimal('12.5', null, 0, false);
    expect(decimal && toNumber(decimal)).toBe(12.5);
  });

  it.each([
    ['31 December 2017', '2017-12-31'],
    ['31st March 2018', '2018-03-31'],
    ['30.9.17', '2017-09-30'],
    ['31/08/2017', '2017-08-31'],
    ['2017-06-30', '2017-06-30'],
    ['Saturday, 30 June 2018', '2018-06-30'],
    ['31 Febtober 2017', null],
    ['31 February 2017', null],
    ['last year', null],
  ])('reads the date %s as %s', (text, expected) => {
    expect(readWrittenDate(text)).toBe(expected);
  });
});
