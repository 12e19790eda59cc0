import { type DocumentIndex, indexDocument, type Payloads, type Violation } from './checks/document-index';
import { checkPrivacy } from './checks/privacy';
import { checkScore } from './checks/score';
import { checkSentence } from './checks/sentences';
import { checkStatement } from './checks/values';
import type { ReportDocument, Section } from './schema';
import { SECTIONS } from './sections';

export type { Payloads, Violation } from './checks/document-index';

/**
 * Checks a whole report (design note research 1.9): E1 numbers, E2 names, E3 citations, E5 values and honest gaps, and
 * that nothing private of people is in it.
 * @param payloads the sources' answers by source id; with them every statement is read again at its locator.
 * @returns everything that is wrong; empty for a sound report.
 */
export function checkReport(document: ReportDocument, payloads: Payloads = {}): Violation[] {
  const index = indexDocument(document);
  return [
    ...document.sections.flatMap((section) => [
      ...section.sentences.flatMap((sentence) => checkSentence(index, section.id, sentence)),
      ...checkFields(index, section),
    ]),
    ...document.statements.flatMap((statement) => checkStatement(document, index, statement, payloads)),
    ...checkScore(document, index),
    ...checkPrivacy(document, payloads),
  ];
}

/** E5: every required field has an answer or a reason, and none has both. */
function checkFields(index: DocumentIndex, section: Section): Violation[] {
  const required = SECTIONS.find(({ id }) => id === section.id)?.required ?? [];
  const problems = [
    ...required
      .filter((field) => section.fields[field] === undefined)
      .map((field) => [field, 'is neither stated nor explained']),
    ...Object.entries(section.fields).flatMap(([field, entry]) => {
      if ('statement' in entry)
        return index.statements.has(entry.statement) ? [] : [[field, `${entry.statement} does not exist`]];
      const gap = index.gaps.get(entry.gap);
      if (gap === undefined) return [[field, `${entry.gap} does not exist`]];
      return gap.section === section.id && gap.field === field ? [] : [[field, `${gap.id} is about something else`]];
    }),
  ];
  return problems.map(([subject = '', detail = '']) => ({ check: 'E5', section: section.id, subject, detail }));
}
