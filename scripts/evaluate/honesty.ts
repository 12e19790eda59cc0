import { leavesOf } from '@/lib/research/evidence/json-path';
import { checkReport } from '@/lib/research/groundedness';
import type { ReportDocument, Statement } from '@/lib/research/schema';
import { type Measure, shareOf, verdictOf } from './measure';
import type { EvaluatedReport } from './report-set';

/** Figures of the reference by the field of a report that states them. */
export const REFERENCE_FIELDS = [
  'turnover',
  'gross_profit',
  'profit_loss',
  'employees',
  'net_assets',
  'cash',
  'current_assets',
] as const;
const EMAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/g;

/** E5: what the record does not hold is a gap with a reason and never a value, and values are those of their sources. */
export function measureAbstention(reports: readonly EvaluatedReport[]): Measure {
  const violations = reports.flatMap(({ number, document, payloads }) =>
    checkReport(document, payloads)
      .filter(({ check }) => check === 'E5')
      .map(({ subject, detail }) => `${number}: ${subject} ${detail}`),
  );
  const withAccounts = reports.filter(({ reference }) => reference !== null);
  const invented = withAccounts.flatMap(({ number, document, reference }) =>
    REFERENCE_FIELDS.filter((field) => isInvented(document, field, reference?.figures[field]?.current ?? '')).map(
      (field) => `${number}: ${field} is stated and the accounts hold none`,
    ),
  );
  const noTurnover = withAccounts.filter(({ reference }) => reference?.figures.turnover?.current === '');
  const said = noTurnover.filter(({ document }) => gapOf(document, 'turnover') === 'not_disclosed');
  const statements = reports.reduce((sum, { document }) => sum + document.statements.length, 0);
  const silent = noTurnover.filter((report) => !said.includes(report)).map(({ number }) => `${number}: no reason`);
  return {
    id: 'E5',
    name: 'Honest absence',
    figure: `${invented.length} values invented; ${violations.length} of ${statements} statements differ from their source; no turnover filed, and said so: ${shareOf(said.length, noTurnover.length)}`,
    target: 'none invented',
    verdict: verdictOf(invented.length + violations.length + silent.length === 0),
    hard: true,
    cases: [...invented, ...violations, ...silent],
  };
}

/** E10: the same answers at the same time give the same bytes, score and signals included. */
export function measureRepeatability(reports: readonly EvaluatedReport[]): Measure {
  const different = reports.filter(({ isRepeatable }) => !isRepeatable).map(({ number }) => number);
  return {
    id: 'E10',
    name: 'The same twice',
    figure: `${shareOf(reports.length - different.length, reports.length)} reports equal to the byte`,
    target: 'all equal',
    verdict: verdictOf(different.length === 0),
    hard: true,
    cases: different,
  };
}

/** E14: no birth dates or addresses of people, and no mailbox or profile that no source gives. */
export function measurePrivacy(reports: readonly EvaluatedReport[]): Measure {
  const found = reports.flatMap(({ number, document, payloads }) => [
    ...checkReport(document, payloads)
      .filter(({ check }) => check === 'privacy')
      .map(({ detail }) => `${number}: ${detail}`),
    ...guessed(document, payloads).map((text) => `${number}: ${text} stands in no source`),
  ]);
  const people = reports.reduce((sum, { document }) => sum + peopleIn(document), 0);
  return {
    id: 'E14',
    name: 'Privacy',
    figure: `${found.length} private details or guessed addresses; ${people} people named`,
    target: 'none',
    verdict: verdictOf(found.length === 0),
    hard: true,
    cases: found,
  };
}

/** The statement that answers a field; null where there is a gap or nothing. */
export function statementOf(document: ReportDocument, field: string): Statement | null {
  const entry = document.sections.map(({ fields }) => fields[field]).find((found) => found !== undefined);
  if (entry === undefined || !('statement' in entry)) return null;
  return document.statements.find(({ id }) => id === entry.statement) ?? null;
}

function gapOf(document: ReportDocument, field: string): string | null {
  const entry = document.sections.map(({ fields }) => fields[field]).find((found) => found !== undefined);
  if (entry === undefined || !('gap' in entry)) return null;
  return document.gaps.find(({ id }) => id === entry.gap)?.reason ?? null;
}

/** Net assets may be answered by equity, which is the other side of the same balance sheet. */
function isInvented(document: ReportDocument, field: string, reference: string): boolean {
  const statement = statementOf(document, field);
  return statement !== null && statement.field === field && reference === '';
}

function guessed(document: ReportDocument, payloads: EvaluatedReport['payloads']): string[] {
  const known = JSON.stringify(payloads).toLowerCase();
  const texts = [
    ...document.statements.flatMap(({ value }) => leavesOf(value).map(String)),
    ...document.sections.flatMap(({ sentences }) => sentences.map(({ text }) => text)),
  ];
  const mailboxes = texts.flatMap((text) => [...text.matchAll(EMAIL)].map(([found]) => found.replace(/\.$/, '')));
  const profiles = document.statements
    .filter(({ field }) => field === 'social_links')
    .flatMap(({ value }) => leavesOf(value).filter((leaf) => typeof leaf === 'string' && leaf.startsWith('http')))
    .map(String);
  return [...mailboxes, ...profiles].filter((text) => !known.includes(text.toLowerCase()));
}

function peopleIn(document: ReportDocument): number {
  const officers = statementOf(document, 'officers_active')?.value;
  return Array.isArray(officers) ? officers.length : 0;
}
