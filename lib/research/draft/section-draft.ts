import { parseCompanyNumber } from '@/lib/companies/company-number';
import type { SourceData, SourceId } from '@/lib/sources/registry';
import type { SourceOutcome } from '@/lib/sources/source';
import type { ResearchContext } from '../context';
import type { EvidenceBook } from '../evidence/evidence-book';
import { readPath } from '../evidence/json-path';
import { NO_FOCUS, type ReaderFocus } from '../focus';
import type { Gap, ReportScore, ReportSignal, Section, SectionId, Statement } from '../schema';
import { draftGaps } from './draft-gaps';
import { draftStatements } from './draft-statements';

const OTHER_COMPANY = 'The answer was about another company, so nothing was taken from it.';

export type ResearchedCompany = {
  number: string;
  name: string;
  isDemo: boolean;
  /** What the reader cares about: what comes first, such as of the openers. */
  focus?: ReaderFocus;
};
export type SectionDraft = ReturnType<typeof createSectionDraft>;

/**
 * What a section writes its facts into. Every fact is a statement with evidence or a gap with a reason; a value can only
 * come in through a citation of a source's real answer.
 * @param earlier the fields of the sections before this one, which may be used again.
 */
export function createSectionDraft(
  section: SectionId,
  ctx: Pick<ResearchContext, 'now' | 'sources' | 'detectSignals' | 'scoreCompany'>,
  company: ResearchedCompany,
  book: EvidenceBook,
  earlier: ReadonlyMap<SectionId, Section['fields']>,
) {
  const fields: Section['fields'] = {};
  const extras: Statement[] = [];
  const signals: ReportSignal[] = [];
  const gathered = { score: null as ReportScore | null, stale: false, oldest: null as string | null };
  const gaps = draftGaps(section, book, fields);

  function noteAge(retrievedAt: string, stale: boolean): void {
    gathered.stale ||= stale;
    if (gathered.oldest === null || retrievedAt < gathered.oldest) gathered.oldest = retrievedAt;
  }

  function entryOf(from: SectionId, field: string): { statement: Statement | null; gap: Gap | null } {
    const entry = earlier.get(from)?.[field];
    return {
      statement: entry !== undefined && 'statement' in entry ? (book.statement(entry.statement) ?? null) : null,
      gap: entry !== undefined && 'gap' in entry ? (book.gapById(entry.gap) ?? null) : null,
    };
  }

  return {
    ...gaps,
    ...draftStatements(book, gaps, fields, extras),
    company,
    focus: company.focus ?? NO_FOCUS,
    today: ctx.now().toISOString().slice(0, 10),
    detectSignals: ctx.detectSignals,
    scoreCompany: ctx.scoreCompany,
    conflict: book.conflict,
    evidenceId: book.cite,
    noteAge,
    entryOf,

    async read<K extends SourceId>(id: K): Promise<SourceOutcome<SourceData[K]>> {
      const outcome = await ctx.sources.read(id, { companyNumber: company.number });
      if ('origin' in outcome) noteAge(outcome.origin.retrievedAt, outcome.origin.stale);
      return isAboutAnother(outcome, company.number)
        ? {
            outcome: 'unavailable',
            source: id,
            code: 'provider_contract',
            reason: OTHER_COMPANY,
            retryAt: null,
            at: ctx.now().toISOString(),
          }
        : outcome;
    },

    /** The signals of the report, newest first. */
    signals: () => book.statementsOf('signal'),
    statementById: (id: string) => book.statement(id) ?? null,

    /** A statement of this very section. */
    own(field: string): Statement | null {
      const entry = fields[field];
      return entry !== undefined && 'statement' in entry ? (book.statement(entry.statement) ?? null) : null;
    },

    /** Names a statement of this section as the answer to a further field. */
    answer(field: string, statement: Statement): void {
      fields[field] = { statement: statement.id };
    },

    /** Uses a fact of an earlier section again; its gap is repeated as a gap of this section. */
    reuse(field: string, from: SectionId): Statement | null {
      const { statement, gap } = entryOf(from, field);
      if (statement !== null) fields[field] = { statement: statement.id };
      if (gap !== null) gaps.gap(field, gap.reason, gap.detail, gap.tried);
      return statement;
    },

    addSignal: (signal: ReportSignal) => {
      signals.push(signal);
    },
    setScore: (score: ReportScore) => {
      gathered.score = score;
    },
    /** What the section has gathered, for its writer and for the document. */
    result: () => ({ fields, extras, signals, ...gathered }),
  };
}

/** A report about the wrong company is worse than none: an entry that names another number is not used. */
function isAboutAnother(outcome: SourceOutcome<unknown>, companyNumber: string): boolean {
  if (outcome.outcome !== 'ok') return false;
  const named = readPath(outcome.data, '$.company_number');
  return named.found && typeof named.value === 'string' && parseCompanyNumber(named.value) !== companyNumber;
}
