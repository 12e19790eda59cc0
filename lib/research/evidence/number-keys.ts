import { writtenDay } from '@/lib/companies/register/calendar';

const MONTHS = Array.from({ length: 12 }, (_, month) => {
  const day = `2000-${String(month + 1).padStart(2, '0')}-01`;
  return writtenDay(day).split(' ')[1] ?? '';
});
export const WRITTEN_DATE = new RegExp(`\\b(\\d{1,2}) (${MONTHS.join('|')}) (\\d{4})\\b`, 'g');
const ISO_DATE = /\b(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+Z?)?/g;
/** A number with its marks, or a word that holds digits, such as a postcode. */
const NUMBER = /[\p{L}\d]*\d(?:[\p{L}\d]|[.,]\d)*%?/gu;
/** Numbers in words; "one" is left out, because it mostly stands for something else. */
const WORDS = 'two three four five six seven eight nine ten eleven twelve'.split(' ');
const NUMBER_WORD = new RegExp(`\\b(${WORDS.join('|')}|dozen|hundred|thousand|million|billion)s?\\b`, 'gi');
const SCALES: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000, bn: 1_000_000_000 };

/**
 * Every date, number, percentage and code of a text in one normal form, so that "31 March 2024", "1,200" and "1.2k"
 * meet the values they were written from.
 */
export function numberKeys(text: string): Set<string> {
  const keys = new Set<string>();
  const withoutDates = text
    .replace(WRITTEN_DATE, (_, day: string, month: string, year: string) => {
      keys.add(`${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`);
      return ' ';
    })
    .replace(ISO_DATE, (_, year: string, month: string, day: string) => {
      keys.add(`${year}-${month}-${day}`);
      return ' ';
    });
  for (const [, word = ''] of withoutDates.matchAll(NUMBER_WORD)) {
    const place = WORDS.indexOf(word.toLowerCase());
    keys.add(place === -1 ? word.toLowerCase() : String(place + 2));
  }
  for (const [token] of withoutDates.matchAll(NUMBER)) keys.add(numberKey(token));
  return keys;
}

function numberKey(token: string): string {
  const plain = token.replace(/(\d),(?=\d{3})/g, '$1');
  const scaled = /^(\d+(?:\.\d+)?)(k|m|bn)$/i.exec(plain);
  const scale = SCALES[scaled?.[2]?.toLowerCase() ?? ''];
  if (scaled?.[1] !== undefined && scale !== undefined) return String(Number(scaled[1]) * scale);
  const bare = plain.replace('%', '');
  // £12.50 and 12.5 are one number; the marks of a code such as 1.10A stay.
  return /^\d+\.\d+$/.test(bare) ? String(Number(bare)) : bare.toUpperCase();
}
