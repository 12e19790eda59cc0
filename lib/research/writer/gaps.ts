import type { SectionFacts } from '../draft/section-facts';
import { fieldLabel, sourceLabel } from '../field-labels';
import type { Gap } from '../schema';
import { inSeries, lowerFirst } from './phrases';
import { type Cited, cited, say, unknown } from './say';

/** The company as a sentence names it; cited, so that also a sentence about what is not known rests on a statement. */
export function companyName(facts: SectionFacts): Cited | null {
  const statement = facts.statement('legal_name') ?? facts.entryOf('identity', 'legal_name').statement;
  return cited(statement, ({ value }) => String(value));
}

/**
 * What a section could not find, said plainly in one sentence: the fields that are open for the same reason together.
 * @returns null when nothing is open.
 */
export function writeGaps(facts: SectionFacts): Cited | null {
  const groups = new Map<string, Gap[]>();
  for (const gap of facts.gaps) {
    const key = `${gap.reason}:${gap.reason === 'source_failed' ? gap.tried.join() : gap.detail}`;
    groups.set(key, [...(groups.get(key) ?? []), gap]);
  }
  if (groups.size === 0) return null;
  const open = unknown(facts.gaps, [...groups.values()].map(openFields).join('; '));
  return say`Not known of ${companyName(facts)}: ${open}.` ?? say`Not known: ${open}.`;
}

/** Technical reasons stay in the gap itself; the sentence says in words what was tried. */
function openFields(gaps: readonly Gap[]): string {
  return `${inSeries(gaps.map(({ field }) => fieldLabel(field)))} (${because(gaps)})`;
}

function because([first]: readonly Gap[]): string {
  const detail = lowerFirst(first?.detail ?? '').replace(/\.$/, '');
  switch (first?.reason) {
    case 'source_failed':
      return `${inSeries(first.tried.map(sourceLabel))} could not be read this time`;
    case 'not_disclosed':
      return `not disclosed: ${detail}`;
    case 'not_applicable':
      return `does not apply: ${detail}`;
    default:
      return detail;
  }
}
