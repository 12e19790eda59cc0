import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCompanyNumber } from '@/lib/companies/company-number';
import { hasSharedData, sharedData } from '../../support/shared-data';

describe('parseCompanyNumber', () => {
  it.each([
    ['12345678', '12345678'],
    ['  sc123456 ', 'SC123456'],
    ['6', '00000006'],
    ['3229377', '03229377'],
    ['SC 428 761', 'SC428761'],
    ['RS0031EN', 'RS0031EN'],
    ['ip12345r', 'IP12345R'],
    ['DM000001', 'DM000001'],
  ])('reads %j as %s', (text, number) => {
    expect(parseCompanyNumber(text)).toBe(number);
  });

  it.each([
    '',
    '   ',
    '0',
    '00000000',
    '123456789',
    'SC12345',
    'ABCDEFGH',
    'ABCDE123',
    '12345-78',
    '../../etc',
    'ＳＣ123456',
  ])('refuses %j', (text) => {
    expect(parseCompanyNumber(text)).toBeNull();
  });

  it.skipIf(!hasSharedData)('accepts every sample number of the register unchanged', () => {
    const samples = z
      .array(z.string())
      .parse(JSON.parse(readFileSync(sharedData('sic/sampleCompanyNumbers.json'), 'utf8')));
    expect(samples.length).toBeGreaterThan(300);
    expect(samples.filter((number) => parseCompanyNumber(number) !== number)).toEqual([]);
  });
});
