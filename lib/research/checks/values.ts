import { isDeepStrictEqual } from 'node:util';
import { CLASSIFIED_FIELDS } from '../classify/fields';
import { snippetAt } from '../evidence/citations';
import { recompute } from '../evidence/computations';
import { leavesOf, readPath } from '../evidence/json-path';
import { numberKeys } from '../evidence/number-keys';
import type { Evidence, ReportDocument, Statement } from '../schema';
import { derivedTexts } from './derived-texts';
import { type DocumentIndex, evidenceOf, type Payloads, type Violation } from './document-index';
import { statementKeys } from './numbers';
import { recomputeScore } from './score';

const STATEMENT_ID = /^S\d+$/;
/** Words of our own in parsed values: they name a relation, not a fact. */
const OWN_WORDS = ['appointed', 'left', 'company number'];

/** E5 for one statement: it says what its evidence says, and nothing that the evidence does not. */
export function checkStatement(
  document: ReportDocument,
  index: DocumentIndex,
  statement: Statement,
  payloads: Payloads,
): Violation[] {
  const evidence = evidenceOf(index, statement);
  const problems = [
    ...statement.evidence.filter((id) => !index.evidence.has(id)).map((id) => `rests on ${id}, which does not exist`),
    ...evidence.flatMap((entry) => locatorProblem(entry, payloads)),
    ...valueProblems(document, statement, evidence, payloads),
  ];
  return problems.map((detail) => ({
    check: 'E5',
    section: null,
    subject: `${statement.id} ${statement.field}`,
    detail,
  }));
}

function locatorProblem(entry: Evidence, payloads: Payloads): string[] {
  const payload = payloads[entry.source];
  if (payload === undefined) return [];
  return readPath(payload, entry.locator).found ? [] : [`${entry.id}: nothing stands at ${entry.locator}`];
}

function valueProblems(
  document: ReportDocument,
  statement: Statement,
  evidence: readonly Evidence[],
  payloads: Payloads,
): string[] {
  switch (statement.method) {
    case 'copied':
      return copyProblems(statement, evidence, payloads);
    case 'computed':
      return computedProblems(document, statement, evidence);
    case 'parsed':
      return [...foreignNumbers(statement, evidence), ...foreignLeaves(statement, evidence, payloads)];
    default:
      return [...suggestionProblems(document, statement, evidence), ...misquoted(statement, evidence, payloads)];
  }
}

function copyProblems({ value }: Statement, [entry]: readonly Evidence[], payloads: Payloads): string[] {
  if (entry === undefined) return ['has no evidence'];
  const snippet = entry.snippet.toLowerCase();
  const missing = leavesOf(value).filter((leaf) => leaf !== null && !snippet.includes(String(leaf).toLowerCase()));
  if (missing.length > 0) return [`${missing.join(', ')} does not stand in the snippet of ${entry.id}`];
  const payload = payloads[entry.source];
  if (payload === undefined) return [];
  const found = readPath(payload, entry.locator);
  if (!found.found || !isDeepStrictEqual(found.value, value)) return [`differs from what stands at ${entry.locator}`];
  const scalar = typeof value !== 'object' || value === null;
  return scalar && snippetAt(payload, entry.locator) !== entry.snippet
    ? [`${entry.id}: the snippet differs from the answer`]
    : [];
}

function computedProblems(document: ReportDocument, statement: Statement, evidence: readonly Evidence[]): string[] {
  const formula = statement.formula ?? '';
  if (formula.startsWith('detectors(')) return [];
  const expected =
    recomputeScore(formula, document.score) ??
    recompute(formula, (id) => evidence.find((entry) => entry.id === id)?.snippet);
  if (expected === null) return [`${formula || 'no formula'} cannot be computed again`];
  return isDeepStrictEqual(expected, statement.value) ? [] : [`${formula} gives ${String(expected)}`];
}

/** Numbers and dates of a parsed value that stand in none of its snippets. */
function foreignNumbers(statement: Statement, evidence: readonly Evidence[]): string[] {
  const known = new Set(evidence.flatMap(({ snippet }) => [...numberKeys(snippet)]).map(unpadded));
  const keys = leavesOf(statement.value).flatMap((leaf) => [...numberKeys(String(leaf ?? ''))]);
  return keys.filter((key) => !known.has(unpadded(key))).map((key) => `${key} stands in none of its evidence`);
}

/** Texts of a parsed value that neither stand in the answer nor are the register's words for what stands there. */
function foreignLeaves(statement: Statement, evidence: readonly Evidence[], payloads: Payloads): string[] {
  if (evidence.some(({ source }) => payloads[source] === undefined)) return [];
  const known = new Set(OWN_WORDS);
  for (const { source, locator } of evidence) {
    // A value may say which source it is from.
    known.add(source);
    const found = readPath(payloads[source], locator);
    if (found.found) for (const text of derivedTexts(found.value)) known.add(text);
  }
  return leavesOf(statement.value)
    .filter((leaf) => typeof leaf === 'string' && !known.has(leaf))
    .map((leaf) => `“${String(leaf)}” does not come from its evidence`);
}

/** What is classified or inferred may hold only numbers of its evidence, or of statements that share it. */
function suggestionProblems(document: ReportDocument, statement: Statement, evidence: readonly Evidence[]): string[] {
  const known = new Set(evidence.flatMap(({ snippet }) => [...numberKeys(snippet)]));
  for (const other of document.statements) {
    if (other.id === statement.id || !other.evidence.some((id) => statement.evidence.includes(id))) continue;
    for (const key of statementKeys(other)) known.add(key);
  }
  return suggestedTexts(statement)
    .flatMap((text) => [...numberKeys(text)])
    .filter((key) => !known.has(key))
    .map((key) => `${key} stands in none of its evidence`);
}

/** The words that a classified value rests on stand word for word where they are said to stand. */
function misquoted({ field }: Statement, evidence: readonly Evidence[], payloads: Payloads): string[] {
  if (!isClassified(field)) return [];
  return evidence
    .filter(({ source, locator, snippet }) => {
      const found = readPath(payloads[source], locator);
      return payloads[source] !== undefined && !(found.found && String(found.value).includes(snippet));
    })
    .map(({ id, locator }) => `${id}: its words do not stand at ${locator}`);
}

/** Its value is one of our own codes; the words that it rests on are its evidence. */
function isClassified(field: string): boolean {
  return CLASSIFIED_FIELDS.some((classified) => classified === field);
}

/** Of a signal only the event is a claim about the company; its weight and its end are our own rules. */
function suggestedTexts({ field, value }: Statement): string[] {
  const leaves =
    field === 'signal' && typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [value.title, value.event_date]
      : field === 'disqualifiers' || isClassified(field)
        ? []
        : leavesOf(value);
  return leaves.filter((leaf): leaf is string => typeof leaf === 'string' && !STATEMENT_ID.test(leaf));
}

function unpadded(key: string): string {
  return key.replace(/^0+(?=\d)/, '');
}
