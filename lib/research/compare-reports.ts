import type { Gap, ReportDocument, ReportSignal, Section, SectionId, Statement } from './schema';

/** What a report says of a field: a statement, or why there is none. */
export type Finding = { statement: Statement } | { gap: Gap };

export type FieldChange = {
  field: string;
  /** `new`: only the later report knows it; `gone`: only the earlier one. */
  kind: 'new' | 'gone' | 'changed';
  /** Null where a report does not have the field at all. */
  before: Finding | null;
  after: Finding | null;
  /** Of two lists: the items that came and went; null for everything else. */
  items: { added: unknown[]; removed: unknown[] } | null;
};

export type SectionChanges = { id: SectionId; title: string; changes: FieldChange[] };

export type ReportComparison = {
  /** Sections with a change, in the order of the report. */
  sections: SectionChanges[];
  signals: { added: ReportSignal[]; gone: ReportSignal[] };
  /** Fields of both reports that say the same. */
  unchanged: number;
};

/** Advice, which follows from everything else and would be worded anew for every change. */
const NOT_COMPARED: readonly SectionId[] = ['approach'];

/** How it was looked, which says nothing of the company; the signals themselves are compared. */
const ABOUT_THE_LOOKING = ['signals_checked', 'signals_checked_result', 'how_resolved'];

/**
 * What changed between two reports on one company: facts and why facts are missing, not wording, confidence or the day on
 * which a source was read.
 * @param earlier the older report.
 */
export function compareReports(earlier: ReportDocument, later: ReportDocument): ReportComparison {
  const [before, after] = [findingsOf(earlier), findingsOf(later)];
  let unchanged = 0;
  const sections = later.sections
    .filter(({ id }) => !NOT_COMPARED.includes(id))
    .map(({ id, title }): SectionChanges => {
      const fields = new Set([...(after.get(id)?.keys() ?? []), ...(before.get(id)?.keys() ?? [])]);
      const changes = [...fields].flatMap((field) => {
        const change = compareField(field, before.get(id)?.get(field), after.get(id)?.get(field));
        if (change === null) unchanged += 1;
        return change ?? [];
      });
      return { id, title, changes };
    });
  return {
    sections: sections.filter(({ changes }) => changes.length > 0),
    signals: {
      added: later.signals.filter((signal) => !earlier.signals.some((other) => isSameSignal(signal, other))),
      gone: earlier.signals.filter((signal) => !later.signals.some((other) => isSameSignal(signal, other))),
    },
    unchanged,
  };
}

function compareField(field: string, before: Finding | undefined, after: Finding | undefined): FieldChange | null {
  const change = { field, before: before ?? null, after: after ?? null, items: null };
  const [was, is] = [statementOf(before), statementOf(after)];
  if (was && is) return isSameStatement(was, is) ? null : { ...change, kind: 'changed', items: itemsOf(was, is) };
  if (is) return { ...change, kind: 'new' };
  if (was) return { ...change, kind: 'gone' };
  // Looked in vain both times, or not applicable: a change only when one of them could not look.
  return reasonOf(before) === reasonOf(after) || !before || !after ? null : { ...change, kind: 'changed' };
}

function findingsOf(document: ReportDocument): Map<SectionId, Map<string, Finding>> {
  const statements = new Map(document.statements.map((statement) => [statement.id, statement]));
  const gaps = new Map(document.gaps.map((gap) => [gap.id, gap]));
  const found = (field: Section['fields'][string]): Finding | null => {
    if ('statement' in field) {
      const statement = statements.get(field.statement);
      return statement ? { statement } : null;
    }
    const gap = gaps.get(field.gap);
    return gap ? { gap } : null;
  };
  const ofSection = ({ fields }: Section) =>
    new Map(
      Object.entries(fields).flatMap(([name, field]) => {
        const finding = ABOUT_THE_LOOKING.includes(name) ? null : found(field);
        return finding ? [[name, finding] as const] : [];
      }),
    );
  return new Map(document.sections.map((section) => [section.id, ofSection(section)]));
}

function isSameStatement(a: Statement, b: Statement): boolean {
  return textOf(a.value) === textOf(b.value) && a.unit === b.unit && a.currency === b.currency && a.period === b.period;
}

/** The order of a list is the source's, and no fact. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(textOf).sort());
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  return JSON.stringify(
    Object.entries(value)
      .map(([key, part]) => [key, textOf(part)])
      .sort(),
  );
}

function itemsOf(was: Statement, is: Statement): FieldChange['items'] {
  if (!Array.isArray(was.value) || !Array.isArray(is.value)) return null;
  const [before, after] = [was.value, is.value];
  const [had, has] = [new Set(before.map(textOf)), new Set(after.map(textOf))];
  return {
    added: after.filter((item) => !had.has(textOf(item))),
    removed: before.filter((item) => !has.has(textOf(item))),
  };
}

function isSameSignal(a: ReportSignal, b: ReportSignal): boolean {
  return a.type === b.type && a.event_date === b.event_date && a.title === b.title;
}

function statementOf(finding: Finding | undefined): Statement | null {
  return finding && 'statement' in finding ? finding.statement : null;
}

function reasonOf(finding: Finding | undefined): string | null {
  return finding && 'gap' in finding ? finding.gap.reason : null;
}
