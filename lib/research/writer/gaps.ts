import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import type { SectionFacts } from '../draft/section-facts';
import { fieldLabel, sourceLabel } from '../field-labels';
import type { Gap } from '../schema';
import { inSeries } from './phrases';
import { type Cited, cited, say, unknown } from './say';

/** The company as a sentence names it; cited, so that also a sentence about what is not known rests on a statement. */
export function companyName(facts: SectionFacts): Cited | null {
  const statement = facts.statement('legal_name') ?? facts.entryOf('identity', 'legal_name').statement;
  return cited(statement, ({ value }) => String(value));
}

/** How a sentence about what is open begins, in the order in which they are said. */
const LEADS: Readonly<Record<Gap['reason'], string>> = {
  not_disclosed: 'Not disclosed by',
  not_found: 'Not found for',
  source_failed: 'Not known of',
  not_configured: 'Not looked up for',
  not_applicable: 'Does not apply to',
};

/**
 * What a section could not find, said plainly: a sentence for each kind of reason, in which the fields that are open for
 * the very same reason stand together.
 * @returns empty when nothing is open.
 */
export function writeGaps(facts: SectionFacts): (Cited | null)[] {
  return Object.entries(LEADS).map(([reason, lead]) => {
    const gaps = facts.gaps.filter((gap) => gap.reason === reason);
    if (gaps.length === 0) return null;
    const open = unknown(gaps, groupsOf(gaps).map(openFields).join('; '));
    return say`${lead} ${companyName(facts)}: ${open}.` ?? say`${lead} the company: ${open}.`;
  });
}

function groupsOf(gaps: readonly Gap[]): Gap[][] {
  const groups = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const key = gap.reason === 'source_failed' ? gap.tried.join() : gap.detail;
    groups.set(key, [...(groups.get(key) ?? []), gap]);
  }
  return [...groups.values()];
}

function openFields(gaps: readonly Gap[]): string {
  return `${inSeries(gaps.map(({ field }) => fieldLabel(field)))} (${because(gaps)})`;
}

/** Technical and long reasons stay in the gap itself; the sentence says in words what was tried. */
function because([first]: readonly Gap[]): string {
  const { reason, detail, tried } = first ?? { reason: 'not_found', detail: '', tried: [] };
  const places = inSeries(tried.map(sourceLabel));
  if (reason === 'source_failed') return `${places} could not be read this time`;
  if (isShort(detail)) return lowerFirst(detail.replace(/\.$/, ''));
  return reason === 'not_found' && tried.length > 1 ? `nothing in ${places}` : lowerFirst(shortened(detail));
}

const LONG = 120;

/** One sentence that does not hold up the reader. */
function isShort(detail: string): boolean {
  return detail.length <= LONG && !/[.?!] /.test(detail);
}

/** The first sentence, up to its particulars. */
function shortened(detail: string): string {
  const [sentence = detail] = detail.split(/\.(?: |$)/, 1);
  return sentence.length > LONG ? (sentence.split(': ', 1)[0] ?? sentence) : sentence;
}
