import { toDay, writtenDay } from '@/lib/companies/register/calendar';
import { leavesOf } from '../evidence/json-path';
import { fieldLabel } from '../field-labels';
import type { Gap, Sentence, Statement } from '../schema';

/** Words that say nothing about which fact is meant. */
const EMPTY_WORDS = /^(compan|regist|whether|count|flag|list|text|last|next|date|this|that|install|does|read)/;
const STEM = 6;

/**
 * E3: citations of a sentence that do not support it. A statement supports a sentence when the sentence holds one of its
 * values (value equality, offline), or speaks of the very thing it states (for yes, no and none).
 */
export function idleCitations(
  sentence: Pick<Sentence, 'text'>,
  statements: readonly Statement[],
  gaps: readonly Gap[],
): string[] {
  const text = sentence.text.toLowerCase();
  return [
    ...statements.filter((statement) => !supports(statement, text)).map(({ id }) => id),
    ...gaps.filter((gap) => !sharesWord(text, [gap.field, fieldLabel(gap.field), gap.detail])).map(({ id }) => id),
  ];
}

function supports(statement: Statement, text: string): boolean {
  const money = statement.currency !== null && typeof statement.value === 'number' ? [statement.value / 100] : [];
  if ([...leavesOf(statement.value), ...money].some((leaf) => isPrinted(leaf, text))) return true;
  const codes = typeof statement.value === 'string' ? [statement.value] : [];
  return sharesWord(text, [statement.field, fieldLabel(statement.field), ...codes]);
}

function isPrinted(leaf: string | number | boolean | null, text: string): boolean {
  if (typeof leaf === 'number')
    return new RegExp(`(?<!\\d)${Math.abs(leaf).toLocaleString('en-GB')}(?!\\d)`).test(text);
  if (typeof leaf !== 'string' || leaf.length < 2) return false;
  const shown = toDay(leaf) === leaf ? writtenDay(leaf) : leaf.replaceAll('_', ' ');
  return text.includes(shown.toLowerCase());
}

function sharesWord(text: string, sources: readonly string[]): boolean {
  const stems = sources
    .flatMap((source) => source.toLowerCase().split(/[^\p{L}]+/u))
    .filter((word) => word.length >= 4 && !EMPTY_WORDS.test(word))
    .map((word) => word.slice(0, STEM));
  const words = text.split(/[^\p{L}]+/u);
  return stems.some((stem) => words.some((word) => word.startsWith(stem)));
}
