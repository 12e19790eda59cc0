import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { readPath } from '@/lib/research/evidence/json-path';
import type { ReportDocument } from '@/lib/research/schema';
import { compareWithReference } from '@/tests/support/accounts-reference';
import { REFERENCE_FIELDS, statementOf } from './honesty';
import { type Measure, percent, shareOf, verdictOf } from './measure';
import type { EvaluatedReport } from './report-set';

/** A fact that was held against its record. */
export type ComparedFact = { number: string; field: string; right: boolean; confidence: number; detail: string };

/** Where the register's entry says what a report repeats word for word. */
const REGISTER_FACTS: Readonly<Record<string, string>> = {
  legal_name: '$.company_name',
  company_number: '$.company_number',
  status: '$.company_status',
  type: '$.type',
  jurisdiction: '$.jurisdiction',
  incorporated_on: '$.date_of_creation',
  ceased_on: '$.date_of_cessation',
  registered_office: '$.registered_office_address',
  sic_codes: '$.sic_codes',
  accounts_type: '$.accounts.last_accounts.type',
  accounts_made_up_to: '$.accounts.last_accounts.made_up_to',
  accounts_overdue: '$.accounts.overdue',
  accounts_next_due: '$.accounts.next_due',
};
const list = z.looseObject({
  items: z.array(z.looseObject({ resigned_on: z.string().nullish(), status: z.string().nullish() })),
});

/** E4: facts of the register's entry and lists, and figures of filed accounts, against their records. */
export function measureAccuracy(register: readonly ComparedFact[], figures: readonly ComparedFact[]): Measure {
  const readings = compareWithReference();
  const right = (facts: readonly ComparedFact[]) => facts.filter((fact) => fact.right).length;
  const met =
    right(register) / register.length >= 0.99 &&
    right(figures) / figures.length >= 0.98 &&
    readings.agreeing / readings.filings >= 0.98;
  return {
    id: 'E4',
    name: 'Fields against their records',
    figure: `register ${shareOf(right(register), register.length)}; figures in reports ${shareOf(right(figures), figures.length)}; readings ${shareOf(readings.agreeingFigures, readings.figures)}, filings without a difference ${percent(readings.agreeing, readings.filings)}`,
    target: 'register 99 %, accounts 98 %',
    verdict: verdictOf(met),
    hard: false,
    cases: [
      ...[...register, ...figures]
        .filter((fact) => !fact.right)
        .map(({ number, field, detail }) => `${number} ${field}: ${detail}`),
      ...readings.differences.map(
        ({ file, figure, reference, ours, why }) =>
          `${file} ${figure}: reference ${reference || 'none'}, ours ${ours || 'none'} ${why}`,
      ),
    ],
  };
}

/** Facts of reports on real companies whose register entry was recorded; a value where the entry has none is wrong as well. */
export function registerFacts(reports: readonly EvaluatedReport[]): ComparedFact[] {
  return reports
    .filter(({ kind, recorded }) => kind === 'register' && recorded.profile !== null)
    .flatMap(({ number, document, recorded }) => [
      ...Object.entries(REGISTER_FACTS).flatMap(([field, path]) => {
        const found = readPath(recorded.profile, path);
        return compared(number, document, field, found.found ? (found.value ?? undefined) : undefined);
      }),
      ...listFacts(number, document, recorded),
    ]);
}

function listFacts(number: string, document: ReportDocument, recorded: EvaluatedReport['recorded']): ComparedFact[] {
  const officers = list.safeParse(recorded.officers).data?.items;
  const charges = list.safeParse(recorded.charges).data?.items;
  const outstanding = charges?.filter(({ status }) => status !== 'fully-satisfied' && status !== 'satisfied').length;
  const inOffice = officers?.filter(({ resigned_on: left }) => !left).length;
  return [
    ...(inOffice === undefined || hasEnded(document)
      ? []
      : compared(number, document, 'officers_active_count', inOffice)),
    ...(outstanding === undefined ? [] : compared(number, document, 'charges_outstanding', outstanding)),
  ];
}

/** Nobody is in office in a company that has come to an end. */
function hasEnded(document: ReportDocument): boolean {
  return statementOf(document, 'ceased_on') !== null || statementOf(document, 'status')?.value === 'dissolved';
}

/** Figures of this year and the year before in the reports, against the independent reading. */
export function accountsFacts(reports: readonly EvaluatedReport[]): ComparedFact[] {
  const withAccounts = reports.filter(({ reference }) => reference !== null);
  return withAccounts.flatMap(({ number, document, reference }) =>
    REFERENCE_FIELDS.flatMap((field) => [
      ...figure(number, document, field, field, reference?.figures[field]?.current ?? ''),
      ...figure(number, document, `${field}_previous`, field, reference?.figures[field]?.previous ?? ''),
    ]),
  );
}

function figure(
  number: string,
  document: ReportDocument,
  field: string,
  base: string,
  reference: string,
): ComparedFact[] {
  const statement = document.statements.find((candidate) => candidate.field === field) ?? null;
  if (statement === null && reference === '') return [];
  const pounds = base === 'employees' ? Number(statement?.value) : Number(statement?.value) / 100;
  const ours = statement === null ? '' : `${pounds} on ${statement.as_of}`;
  const detail = `the record says ${reference || 'nothing'}, the report ${ours || 'nothing'}`;
  return [{ number, field, right: ours === reference, confidence: statement?.confidence ?? 0, detail }];
}

function compared(number: string, document: ReportDocument, field: string, recorded: unknown): ComparedFact[] {
  const statement = statementOf(document, field);
  if (statement === null && recorded === undefined) return [];
  const detail = `the record says ${JSON.stringify(recorded) ?? 'nothing'}, the report ${JSON.stringify(statement?.value) ?? 'nothing'}`;
  const right = isDeepStrictEqual(statement?.value, recorded);
  return [{ number, field, right, confidence: statement?.confidence ?? 0, detail }];
}
