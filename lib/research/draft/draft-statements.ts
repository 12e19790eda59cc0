import { toDay } from '@/lib/companies/register/calendar';
import type { SourceOutcome } from '@/lib/sources/source';
import { type Citation, type CiteOptions, cite } from '../evidence/citations';
import { type ComputationName, compute, formulaText } from '../evidence/computations';
import type { EvidenceBook, StatementInput } from '../evidence/evidence-book';
import { leavesOf, readPath } from '../evidence/json-path';
import { type Gap, type Section, type Statement, statementSchema } from '../schema';
import type { draftGaps } from './draft-gaps';

export type CopyOptions = CiteOptions & {
  /** An optional member that is not there leaves no gap. */
  optional?: boolean;
  /** Why the member may be absent, when there is a better reason than that it is not stated. */
  absent?: Pick<Gap, 'reason' | 'detail'> | undefined;
  asOf?: string | undefined;
  /** For a code: its words become a statement of their own, `<field>_text`, which sentences can cite. */
  words?: (code: string) => string;
};

type StateInput = Omit<StatementInput, 'asOf'> & {
  asOf?: string | undefined;
  /** True for one of several statements of the same kind: it is not the answer to a field. */
  extra?: boolean;
};

type ComputeOptions = {
  /** A last input that is no evidence: the day of the report, or a threshold of our own. */
  until?: string;
  unit?: string;
  /** ISO dates of the first and the last day, with a slash between. */
  period?: string;
  asOf?: string;
  /** Evidence that shows where the inputs were looked for, without being an input. */
  context?: readonly Citation[];
};

/** The ways in which a section states something: always from citations of real answers. */
export function draftStatements(
  book: EvidenceBook,
  gaps: ReturnType<typeof draftGaps>,
  fields: Section['fields'],
  extras: Statement[],
) {
  function state({ extra, asOf, ...input }: StateInput): Statement {
    const oldest = input.citations.map(({ origin }) => origin.retrievedAt).sort()[0];
    const statement = book.state({ ...input, asOf: asOf ?? oldest ?? '' });
    if (extra) extras.push(statement);
    else fields[input.field] = { statement: statement.id };
    return statement;
  }

  return {
    state,

    /** States a value exactly as it stands in the answer, or the gap that says why it cannot. */
    copy(field: string, outcome: SourceOutcome<unknown>, path: string, options: CopyOptions = {}): Statement | null {
      if (outcome.outcome !== 'ok') {
        if (options.optional !== true) gaps.missing(field, outcome);
        return null;
      }
      const found = readPath(outcome.data, path);
      if (!found.found || leavesOf(found.value).every((leaf) => leaf === null || leaf === '')) {
        if (options.optional !== true) gaps.absent(field, outcome.origin.source, options.absent);
        return null;
      }
      // The answer was parsed from JSON, so what stands in it is JSON.
      const value = statementSchema.shape.value.parse(found.value);
      // Older services send an instant where the register knows a date.
      const day = typeof value === 'string' && value.charAt(10) === 'T' ? toDay(value) : null;
      const shared = { citations: [cite(outcome, path, options)], asOf: options.asOf };
      const statement = state({ ...shared, field, value: day ?? value, method: day === null ? 'copied' : 'parsed' });
      if (options.words !== undefined && typeof value === 'string') {
        state({ ...shared, field: `${field}_text`, value: options.words(value), method: 'parsed', extra: true });
      }
      return statement;
    },

    /** States what other statements suggest; the value must not say more than they do. */
    inferred(field: string, value: Statement['value'], from: readonly Statement[]): Statement {
      const asOf =
        from
          .map((base) => base.as_of)
          .sort()
          .at(-1) ?? '';
      const statement = book.infer(field, value, from, asOf);
      fields[field] = { statement: statement.id };
      return statement;
    },

    /** States what follows from evidence by a formula that anyone can compute again. */
    computed(
      field: string,
      name: ComputationName,
      inputs: readonly Citation[],
      options: ComputeOptions = {},
    ): Statement {
      const until = options.until === undefined ? [] : [options.until];
      return state({
        field,
        value: compute(name, [...inputs.map(({ snippet }) => snippet), ...until]),
        unit: options.unit ?? null,
        period: options.period ?? null,
        asOf: options.asOf,
        method: 'computed',
        citations: [...inputs, ...(options.context ?? [])],
        formula: (ids) => formulaText(name, [...ids.slice(0, inputs.length), ...until]),
      });
    },
  };
}
