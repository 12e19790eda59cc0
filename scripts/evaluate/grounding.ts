import { type DocumentIndex, indexDocument, type Violation } from '@/lib/research/checks/document-index';
import { nameRuns } from '@/lib/research/checks/names';
import { checkSentence } from '@/lib/research/checks/sentences';
import { numberKeys } from '@/lib/research/evidence/number-keys';
import { checkReport } from '@/lib/research/groundedness';
import type { Sentence } from '@/lib/research/schema';
import { alterName, alterNumber } from './alterations';
import { type Measure, percent, shareOf, verdictOf } from './measure';
import type { EvaluatedReport } from './report-set';

type Placed = { report: EvaluatedReport; index: DocumentIndex; section: Violation['section']; sentence: Sentence };
type Alteration = (sentence: Sentence, others: readonly Sentence[]) => Sentence | null;

/**
 * E1 numbers, E2 names and E3 citations of every sentence. What was left out while the report was written counts as wrong
 * as well. Sentences are also altered on purpose, so that "nothing found" is known to mean something.
 */
export function measureGrounding(reports: readonly EvaluatedReport[]): Measure[] {
  const placed = reports.flatMap(sentencesOf);
  const violations = reports.flatMap(({ number, document, payloads, dropped }) =>
    [...dropped, ...checkReport(document, payloads)].map((violation) => ({ number, ...violation })),
  );
  const wrong = (check: Violation['check']) =>
    violations.filter((violation) => violation.check === check).map(({ number, detail }) => `${number}: ${detail}`);
  const numbers = placed.reduce((sum, { sentence }) => sum + numberKeys(sentence.text).size, 0);
  const names = placed.reduce((sum, { sentence }) => sum + nameRuns(sentence.text).length, 0);
  return [
    {
      id: 'E1',
      name: 'Numbers in the text',
      figure: `${wrong('E1').length} of ${numbers} not cited; ${caught(placed, alterNumber, 'E1')}`,
      target: 'every one cited',
      verdict: verdictOf(wrong('E1').length === 0 && numbers > 0),
      hard: true,
      cases: wrong('E1'),
    },
    {
      id: 'E2',
      name: 'Names in the text',
      figure: `${wrong('E2').length} of ${names} not cited; ${caught(placed, alterName, 'E2')}`,
      target: 'every one cited',
      verdict: verdictOf(wrong('E2').length === 0 && names > 0),
      hard: true,
      cases: wrong('E2'),
    },
    citationMeasure(placed),
  ];
}

function sentencesOf(report: EvaluatedReport): Placed[] {
  const index = indexDocument(report.document);
  return report.document.sections.flatMap(({ id, sentences }) =>
    sentences.map((sentence) => ({ report, index, section: id, sentence })),
  );
}

function sentencesIn({ document }: EvaluatedReport): Sentence[] {
  return document.sections.flatMap(({ sentences }) => sentences);
}

/** How many sentences that were made wrong on purpose a check catches. */
function caught(placed: readonly Placed[], alter: Alteration, check: Violation['check']): string {
  const altered = placed.flatMap(({ report, index, section, sentence }) => {
    const changed = alter(sentence, sentencesIn(report));
    return changed === null ? [] : [{ index, section, changed }];
  });
  const found = altered.filter(({ index, section, changed }) =>
    checkSentence(index, section ?? 'identity', changed).some((violation) => violation.check === check),
  );
  return `${percent(found.length, altered.length)} of ${altered.length} altered ones caught`;
}

/**
 * ALCE's measure with value equality for entailment. Recall: sentences that all their citations together support.
 * Precision: citations that support the sentence alone, or without which the others do not, or that state the very thing
 * the sentence speaks of.
 */
function citationMeasure(placed: readonly Placed[]): Measure {
  const unsupported = placed.filter(({ index, section, sentence }) => problems(index, section, sentence).length > 0);
  const citations = placed.flatMap((place) =>
    [...place.sentence.statements, ...place.sentence.gaps].map((id) => ({ ...place, id })),
  );
  const idle = citations.filter((citation) => !isNeeded(citation) && !speaksOfIt(citation));
  const strict = citations.filter(isNeeded).length;
  const recall = placed.length - unsupported.length;
  const precise = citations.length - idle.length;
  return {
    id: 'E3',
    name: 'Citations',
    figure: `recall ${shareOf(recall, placed.length)}; precision ${shareOf(precise, citations.length)} (${percent(strict, citations.length)} by values alone)`,
    target: 'recall 100 %, precision 98 %',
    verdict: verdictOf(recall === placed.length && precise / citations.length >= 0.98),
    hard: false,
    cases: [
      ...unsupported.map(({ sentence }) => sentence.text),
      ...idle.map(({ id, sentence }) => `${id}: ${sentence.text}`),
    ],
  };
}

function problems(index: DocumentIndex, section: Violation['section'], sentence: Sentence): Violation[] {
  return checkSentence(index, section ?? 'identity', sentence);
}

/** Without this citation the sentence is not supported any more. */
function isNeeded({ index, section, sentence, id }: Placed & { id: string }): boolean {
  const rest = {
    ...sentence,
    statements: sentence.statements.filter((other) => other !== id),
    gaps: sentence.gaps.filter((other) => other !== id),
  };
  return problems(index, section, rest).length > 0;
}

function speaksOfIt({ index, section, sentence, id }: Placed & { id: string }): boolean {
  return !problems(index, section, sentence).some(({ check, detail }) => check === 'E3' && detail.startsWith(`${id} `));
}
