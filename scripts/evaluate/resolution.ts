import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { chooseAmong } from '@/lib/companies/resolve/choose-among';
import { sharedData } from '@/tests/support/shared-data';
import { type Measure, shareOf, verdictOf } from './measure';

/** A company among the results of one recorded search. */
type Candidate = { number: string; name: string; status: string | null };
/** `right`: numbers that may be chosen. `mayAsk`: whether asking back is right as well. */
type Case = { query: string; candidates: readonly Candidate[]; right: readonly string[]; mayAsk: boolean };

const SEARCHES = [
  'herrbert74/search_result_you.json',
  'mrbrianevans-examples/search_companies.json',
  'mrbrianevans-examples/search.json',
  'mrbrianevans-examples/dissolved_search_companies.json',
  'mrbrianevans-examples/alphabetical_search_companies.json',
  'mrbrianevans-examples/advanced_search_companies.json',
  'robinjfisher/search_companies.json',
];
const ENDING = /\b(limited|ltd|plc|llp|cic)\b\.?\s*$/i;
const LEAST_RIGHT = 0.98;
const search = z.looseObject({
  items: z.array(
    z.looseObject({
      title: z.string().nullish(),
      company_name: z.string().nullish(),
      company_number: z.string().nullish(),
      company_status: z.string().nullish(),
    }),
  ),
});

/** E12: names among homonyms and dissolved twins of real searches, each in several spellings. */
export function measureResolution(): Measure {
  const cases = SEARCHES.flatMap((file) => casesOf(candidatesIn(file)));
  const wrong: string[] = [];
  const asked: string[] = [];
  let right = 0;
  for (const { query, candidates, right: numbers, mayAsk } of cases) {
    const companies = candidates.map((candidate) => ({ ...candidate, id: candidate.number }));
    const number = chooseAmong(query, companies).chosen?.company.id ?? null;
    if (number === null ? mayAsk : numbers.includes(number)) right += 1;
    else if (number === null) asked.push(`asked back for “${query}”, which is ${numbers.join(' or ')}`);
    else wrong.push(`took ${number} for “${query}”, which is ${numbers.join(' or ') || 'none of them'}`);
  }
  return {
    id: 'E12',
    name: 'Which company',
    figure: `${shareOf(right, cases.length)} right; ${wrong.length} silently wrong`,
    target: '98 %, none silently wrong',
    verdict: verdictOf(right / cases.length >= LEAST_RIGHT && wrong.length === 0),
    hard: false,
    cases: [...wrong, ...asked],
  };
}

function candidatesIn(file: string): Candidate[] {
  const { items } = search.parse(JSON.parse(readFileSync(sharedData('ch-api-real', file), 'utf8')));
  return items.flatMap(({ title, company_name: name, company_number: number, company_status: status }) => {
    const called = (title ?? name ?? '').trim();
    return called === '' || !number ? [] : [{ number, name: called, status: status ?? null }];
  });
}

/** Every company of a search: by its name as it stands, in small letters, with the other ending, without one, misspelt. */
function casesOf(candidates: readonly Candidate[]): Case[] {
  return candidates.flatMap(({ name, number }) => {
    const same = candidates.filter((other) => key(other.name) === key(name));
    const bare = candidates.filter((other) => bareKey(other.name) === bareKey(name));
    return [
      { query: name, candidates, ...expected(same) },
      { query: name.toLowerCase(), candidates, ...expected(same) },
      { query: otherEnding(name), candidates, ...expected(same) },
      { query: name.replace(ENDING, '').trim(), candidates, ...expected(bare), mayAsk: bare.length > 1 },
      { query: `Unheard-of ${name}`, candidates, right: [], mayAsk: true },
      { query: number, candidates, right: [number], mayAsk: false },
    ];
  });
}

/** Of several of one name only the single one that still trades may be taken; asking is always right then. */
function expected(same: readonly Candidate[]): Pick<Case, 'right' | 'mayAsk'> {
  if (same.length === 1) return { right: same.map(({ number }) => number), mayAsk: false };
  const active = same.filter(({ status }) => status === 'active');
  return { right: active.length === 1 ? active.map(({ number }) => number) : [], mayAsk: true };
}

function otherEnding(name: string): string {
  if (/\blimited$/i.test(name)) return name.replace(/\blimited$/i, 'Ltd.');
  return name.replace(/\bltd\.?$/i, 'Limited');
}

function key(name: string): string {
  return plain(name.replace(/\blimited\b/gi, 'ltd'));
}

function bareKey(name: string): string {
  return plain(name.replace(ENDING, ''));
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
