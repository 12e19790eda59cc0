import { describe, expect, it } from 'vitest';
import { findMention, mayMention } from '@/lib/sources/news/find-mention';

const kestrel = {
  companyNumber: '01234567',
  companyName: 'ORDINARY KESTREL INSTRUMENTS LIMITED',
  postcode: 'ZZ1 1ZZ',
  website: 'https://www.kestrel-instruments.example/',
};
const one = { ...kestrel, companyName: 'KESTREL LTD' };
const matchOf = (text: string, company = kestrel) => findMention(text, company)?.match ?? null;

describe('an article names a company', () => {
  it.each([
    ['by its number', 'Ordinary Kestrel Instruments (company number 1234567) has moved.', 'number'],
    ['by name and postcode', 'Ordinary Kestrel Instruments, of ZZ11ZZ, has moved.', 'name_and_place'],
    [
      'by name and web site',
      'See www.kestrel-instruments.example. Ordinary Kestrel Instruments moved.',
      'name_and_place',
    ],
    ['by its registered name', 'A fine for Ordinary Kestrel Instruments Ltd. It will appeal.', 'legal_name'],
    ['by its registered name in capitals', 'ORDINARY KESTREL INSTRUMENTS LIMITED was fined.', 'legal_name'],
    ['by a proper name of several words', 'Then Ordinary Kestrel Instruments opened a factory.', 'name'],
    ['in a headline where every word has a capital', 'Ordinary Kestrel Instruments Opens New Plant', 'name'],
  ])('%s', (_name, text, match) => {
    expect(matchOf(text)).toBe(match);
  });

  it.each([
    ['one keyword of the name', 'The kestrel is an ordinary bird.'],
    ['its words in small letters', 'These are ordinary kestrel instruments of wood.'],
    ['its words, far apart', 'Ordinary people like the Kestrel. Instruments are another matter.'],
    ['a longer name that goes on', 'Then Ordinary Kestrel Instruments Europe opened a factory.'],
    ['a longer name that begins before', 'The factory of Royal Ordinary Kestrel Instruments burnt down.'],
    ['part of a word', 'Extraordinary Kestrel Instruments opened.'],
  ])('and not when it has only %s', (_name, text) => {
    expect(matchOf(text)).toBeNull();
  });

  it('of one word only with something that tells it from others', () => {
    expect(matchOf('The new Kestrel is a fast train.', one)).toBeNull();
    expect(matchOf('Kestrel, of Nowhere ZZ1 1ZZ, has hired.', one)).toBe('name_and_place');
    expect(matchOf('Kestrel Ltd has hired.', one)).toBe('legal_name');
  });

  it('never when its name is too short to tell', () => {
    expect(findMention('BP LIMITED has hired.', { ...kestrel, companyName: 'BP LIMITED' })).toBeNull();
    expect(mayMention('BP has hired.', { companyName: 'BP LIMITED' })).toBe(false);
  });

  it('in the sentence that is quoted, word for word', () => {
    const text = 'Something else.\nIn Nowhere, Ordinary Kestrel Instruments Ltd. has hired 20 people. Others did not.';
    expect(findMention(text, kestrel)?.quote).toBe(
      'In Nowhere, Ordinary Kestrel Instruments Ltd. has hired 20 people.',
    );
  });
});
