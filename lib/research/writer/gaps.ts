import type { SectionFacts } from '../draft/section-facts';
import { fieldLabel, sourceLabel } from '../field-labels';
import type { Gap } from '../schema';
import { inSeries, lowerFirst, upperFirst } from './phrases';
import { type Cited, unknown } from './say';

/**
 * What a section could not find, said plainly: one sentence for all fields that are open for the same reason.
 * @param except fields that another sentence of the section speaks about.
 */
export function writeGaps(facts: SectionFacts, except: readonly string[] = []): Cited[] {
  const groups = new Map<string, Gap[]>();
  for (const gap of facts.gaps) {
    if (except.includes(gap.field)) continue;
    const key = `${gap.reason}:${gap.reason === 'source_failed' ? gap.tried.join() : gap.detail}`;
    groups.set(key, [...(groups.get(key) ?? []), gap]);
  }
  return [...groups.values()].map((gaps) => unknown(gaps, gapSentence(gaps)));
}

/** Technical reasons stay in the gap itself; the sentence says in words what was tried. */
function gapSentence(gaps: readonly Gap[]): string {
  const [first] = gaps;
  const labels = gaps.map(({ field }) => fieldLabel(field));
  const many = labels.length > 1 || isPlural(labels[0]);
  const subject = upperFirst(inSeries(labels));
  const detail = lowerFirst(first?.detail ?? '');
  switch (first?.reason) {
    case 'source_failed':
      return `${subject} ${many ? 'are' : 'is'} not known this time: ${inSeries(first.tried.map(sourceLabel))} could not be read.`;
    case 'not_disclosed':
      return `${subject} ${many ? 'are' : 'is'} not disclosed: ${detail}`;
    case 'not_found':
      return `${subject} could not be established: ${detail}`;
    case 'not_applicable':
      return `${subject} ${many ? 'do' : 'does'} not apply: ${detail}`;
    default:
      return `${subject} ${many ? 'are' : 'is'} not known yet: ${detail}`;
  }
}

function isPlural(label = ''): boolean {
  if (label.startsWith('whether')) return false;
  return /[^s]s$/.test(label.split(/ (?:of|in|with) /)[0] ?? '') || / and |^people/.test(label);
}
