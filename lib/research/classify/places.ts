import type { Classification, Geography, Passage } from './fields';
import { type PassageSentence, quoteAround } from './passage-sentences';

const REGIONS =
  'North(?: |-)?East|North(?: |-)?West|South(?: |-)?East|South(?: |-)?West|East Midlands|West Midlands|Midlands|East Anglia|Yorkshire|Humberside|London|Scotland|Wales|Northern Ireland|Cornwall|Devon|Dorset|Somerset|Kent|Surrey|Sussex|Essex|Suffolk|Norfolk|Hampshire|Cumbria|Lancashire|Cheshire|Merseyside|Greater Manchester|Tyneside|Northumberland|Shropshire|Powys|[A-Z][a-z]+shire|Highlands';
const REGION = new RegExp(`\\b(?:${REGIONS})\\b`, 'i');
const IN_REGION = new RegExp(
  `\\b(?:in|across|throughout|around|within|serving|of|over)(?: the)?(?: counties of)? (?:${REGIONS})\\b`,
  'i',
);
const WORKS_THERE =
  /\b(operat\w+|activit\w+|provid\w+|serv(e|es|ing|ices?)|restaurants?|shops?|stores?|sites?|branches|clients?|customers?|carried out|based|market share)\b/i;
const SEAT_ONLY = /\b(registered office|incorporated in|headquarter\w*|England and Wales|domiciled|registered in)\b/i;
const UK = /\b(United Kingdom|UK|U\.K\.|Great Britain|nationwide|nationally|the country)\b/;
const WHOLLY_UK =
  /\b(?:turnover|revenue|sales|activity|activities)\b[^.]{0,140}?\b(?:wholly|within|arises? in|derived (?:from|in)|undertaken in|in)\b[^.]{0,40}?(?:United Kingdom|UK|U\.K\.)/i;
const ABROAD =
  /\b(international(ly)?|worldwide|global(ly)?|overseas (customers|markets|clients|distributors)|exports?|around the world|throughout the world|throughout Europe)\b/i;
/** At home and in another country. */
const HOME_AND_ABROAD =
  /\b(?:UK|United Kingdom),? and (?:the |in |through |its )*(?!Wales|Scotland|Northern|England|Ireland's)(?:overseas|abroad|international|Europe|[A-Z][a-z]+)/;
const THROUGHOUT_UK =
  /\b(throughout|across|around|all over|in|within) the (UK|United Kingdom|country)\b|\bnationwide\b|\bbased in the UK\b/i;
/** From this share of turnover abroad on the company serves markets abroad. */
const SHARE_ABROAD = 0.1;

/** Where the company serves: by its analysis of turnover, by words about its places, in this order of weight. */
export function classifyPlaces(
  passages: readonly Passage[],
  sentences: readonly PassageSentence[],
): Classification<Geography> | null {
  const byTurnover = passages.flatMap((passage) => turnoverByPlace(passage) ?? [])[0] ?? null;
  if (byTurnover?.value === 'international') return byTurnover;
  const regional = find(
    sentences,
    IN_REGION,
    (text) => WORKS_THERE.test(text) && !SEAT_ONLY.test(text) && !THROUGHOUT_UK.test(text),
  );
  if (regional !== null) return { value: 'regional', quote: regional, confidence: 0.7 };
  if (byTurnover !== null) return byTurnover;
  const abroad = find(sentences, ABROAD, (text) => WORKS_THERE.test(text) && !REGION.test(text));
  if (abroad !== null) return { value: 'international', quote: abroad, confidence: 0.6 };
  const both = find(sentences, HOME_AND_ABROAD, () => true);
  if (both !== null) return { value: 'international', quote: both, confidence: 0.6 };
  const national = find(sentences, THROUGHOUT_UK, (text) => !SEAT_ONLY.test(text));
  return national === null ? null : { value: 'national_uk', quote: national, confidence: 0.65 };
}

/** Reads "Turnover analysed by geographical market United Kingdom 7,463,523 491,613 Republic of Ireland 1,592,662". */
function turnoverByPlace(passage: Passage): Classification<Geography> | null {
  if (passage.kind !== 'turnover') return null;
  const table = /geographical (?:market|area|location|segment|destination)s?\b/i.exec(passage.text);
  if (table !== null) {
    const lines = placeLines(passage.text.slice(table.index, table.index + 500));
    const home = lines.filter(({ name }) => UK.test(name) && !/outside/i.test(name));
    const away = lines.filter((line) => !home.includes(line));
    const [homeSum, awaySum] = [sum(home), sum(away)];
    const largest = [...away].sort((a, b) => b.amount - a.amount)[0];
    if (largest !== undefined && awaySum / (homeSum + awaySum) >= SHARE_ABROAD) {
      return { value: 'international', quote: { passage: passage.id, text: largest.text }, confidence: 0.95 };
    }
    const [first] = home;
    if (first !== undefined) {
      return { value: 'national_uk', quote: { passage: passage.id, text: first.text }, confidence: 0.9 };
    }
  }
  const wholly = WHOLLY_UK.exec(passage.text);
  return wholly === null
    ? null
    : { value: 'national_uk', quote: { passage: passage.id, text: wholly[0] }, confidence: 0.9 };
}

type PlaceLine = { name: string; amount: number; text: string };

/** The lines of the table until its total, a heading or the next note. */
function placeLines(text: string): PlaceLine[] {
  const lines: PlaceLine[] = [];
  const rows = text.replace(/^geographical \w+/i, (head) => ' '.repeat(head.length));
  for (const match of rows.matchAll(/([A-Z][A-Za-z.&' -]{1,45}?) ((?:\d{1,3},)+\d{3})\b/g)) {
    const [row, name = '', amount = ''] = match;
    if (/\b(NOTES|Other revenue|Interest|income|Operating|Employees|Total)\b/.test(name)) break;
    lines.push({ name, amount: Number(amount.replaceAll(',', '')), text: row });
  }
  return lines;
}

function sum(lines: readonly PlaceLine[]): number {
  return lines.reduce((total, { amount }) => total + amount, 0);
}

function find(sentences: readonly PassageSentence[], cue: RegExp, fits: (text: string) => boolean) {
  for (const sentence of sentences) {
    const at = sentence.text.search(cue);
    if (at !== -1 && fits(sentence.text)) return quoteAround(sentence, at);
  }
  return null;
}
