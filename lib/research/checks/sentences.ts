import type { Section, Sentence } from '../schema';
import { idleCitations } from './citations';
import { turnedClaims } from './claims';
import { type DocumentIndex, gapsOf, statementsOf, type Violation } from './document-index';
import { ungroundedNames } from './names';
import { ungroundedNumbers } from './numbers';

/** E1, E2 and E3 of one sentence; empty when everything in it is supported by what it cites. */
export function checkSentence(index: DocumentIndex, section: Section['id'], sentence: Sentence): Violation[] {
  const statements = statementsOf(index, sentence.statements);
  const gaps = gapsOf(index, sentence.gaps);
  const at = { section, subject: sentence.text };
  const cited = [...sentence.statements, ...sentence.gaps];
  const unknown = cited.filter((id) => !index.statements.has(id) && !index.gaps.has(id));
  return [
    ...(restsOnNothing(index, sentence) ? [{ ...at, check: 'E3' as const, detail: 'cites no statement' }] : []),
    ...unknown.map((id) => ({ ...at, check: 'E3' as const, detail: `cites ${id}, which does not exist` })),
    ...ungroundedNumbers(sentence, statements, gaps).map((key) => ({
      ...at,
      check: 'E1' as const,
      detail: `${key} is not cited`,
    })),
    ...turnedClaims(sentence, statements, gaps).map((detail) => ({ ...at, check: 'E1' as const, detail })),
    ...ungroundedNames(sentence, statements, gaps).map((name) => ({
      ...at,
      check: 'E2' as const,
      detail: `${name} is not cited`,
    })),
    ...idleCitations(sentence, statements, gaps).map((id) => ({
      ...at,
      check: 'E3' as const,
      detail: `${id} does not support it`,
    })),
    ...(/https?:|www\.|<[a-z/]|\]\(/i.test(sentence.text)
      ? [{ ...at, check: 'E3' as const, detail: 'holds an address or markup' }]
      : []),
  ];
}

/** Every sentence cites a statement. Only where not even the company's name could be read, a gap has to do. */
function restsOnNothing(index: DocumentIndex, { statements, gaps }: Sentence): boolean {
  if (statements.length > 0) return false;
  return gaps.length === 0 || [...index.statements.values()].some(({ field }) => field === 'legal_name');
}
