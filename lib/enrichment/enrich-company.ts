import { getCompany, listCompanyFacts } from '@/lib/companies/company-repository';
import { AppError, ERRORS, type ErrorCode } from '@/lib/errors';
import type { JobContext, JobEffects, JobOutcome } from '@/lib/queue/job-context';
import type { SourceData } from '@/lib/sources/registry';
import type { SourceOrigin, SourceOutcome } from '@/lib/sources/source';
import { completenessOf, NO_LONGER_STATED } from './fields';
import { type KnownFields, knownFields } from './known-fields';
import { type FieldSourceId, READERS } from './readers';
import type { EnrichmentResult } from './schema';
import type { CompanyColumns, FactDraft, SourceReader } from './source-reader';

export type EnrichmentContext = Pick<JobContext, 'sources' | 'now' | 'signal'>;
export type EnrichmentInput = {
  companyNumber: string;
  /** Only these sources or providers (`companies_house.officers`, `companies_house`); all of them when absent. */
  sources?: readonly string[] | undefined;
};

type Fact = NonNullable<JobEffects['facts']>[number];
type SourceReport = EnrichmentResult['sources'][number];
type Reading = {
  report: SourceReport;
  facts: FactDraft[];
  columns: CompanyColumns;
  origin: SourceOrigin | null;
  /** Why the source could not be looked at. */
  failure: ErrorCode | null;
};

/**
 * Fills a company's fields from the register, each with where it comes from, and says what it could not look at.
 * A source that does not answer leaves earlier facts as they are.
 * @returns the job's result, and the columns and facts to write with it.
 * @throws AppError `company_not_found`; the failure of a source when none of those asked for answered; the reason
 * of `ctx.signal`, and `provider_rate_limited` from the sources.
 */
export async function enrichCompany(
  ctx: EnrichmentContext & Pick<JobContext, 'db'>,
  input: EnrichmentInput,
): Promise<JobOutcome<EnrichmentResult>> {
  const company = await getCompany(ctx.db, input.companyNumber);
  if (company === null) throw new AppError('company_not_found');
  const known = knownFields(company, await listCompanyFacts(ctx.db, company.id));
  return readSources(ctx, { ...input, known, registerReadAt: company.register_read_at });
}

/** The part of enrichment that needs no database: `known` is what it would have told. */
export async function readSources(
  ctx: EnrichmentContext,
  input: EnrichmentInput & { known: KnownFields; registerReadAt: string | null },
): Promise<JobOutcome<EnrichmentResult>> {
  const { known, registerReadAt } = input;
  const readings = await Promise.all([
    readSource(ctx, 'companies_house.profile', input),
    readSource(ctx, 'companies_house.officers', input),
    readSource(ctx, 'companies_house.psc', input),
    readSource(ctx, 'companies_house.psc_statements', input),
    readSource(ctx, 'companies_house.charges', input),
    readSource(ctx, 'companies_house.filing_history', input),
    readSource(ctx, 'companies_house.insolvency', input),
    readSource(ctx, 'accounts.figures', input),
    readSource(ctx, 'gleif.entity', input),
    readSource(ctx, 'gender_pay_gap.returns', input),
    readSource(ctx, 'website.pages', input),
  ]);
  ctx.signal.throwIfAborted();
  refuseSilence(readings);
  const filled = readings.flatMap(({ facts }) => facts.filter(({ value }) => value !== null).map(({ field }) => field));
  const after = completenessOf(new Set([...known.filled, ...filled]));
  return {
    result: {
      fields_filled: filled,
      completeness_before: completenessOf(known.filled),
      completeness_after: after,
      sources: readings.map(({ report }) => report),
    },
    effects: {
      company: { ...columnsOf(readings, registerReadAt), completeness: after, enriched_at: ctx.now().toISOString() },
      facts: readings.flatMap((reading) => toFacts(reading, known)),
    },
  };
}

async function readSource<K extends FieldSourceId>(
  ctx: EnrichmentContext,
  source: K,
  { companyNumber, sources }: EnrichmentInput,
): Promise<Reading> {
  if (sources?.length && !sources.some((name) => source === name || source.startsWith(`${name}.`))) {
    const report = { source, outcome: 'skipped' as const, reason: 'Not among the sources asked for.' };
    return { report, facts: [], columns: {}, origin: null, failure: null };
  }
  return toReading(source, await ctx.sources.read(source, { companyNumber }));
}

function toReading<K extends FieldSourceId>(source: K, answer: SourceOutcome<SourceData[K]>): Reading {
  const reader: SourceReader<K> = READERS[source];
  switch (answer.outcome) {
    case 'ok': {
      const report = { source, outcome: answer.outcome, reason: null };
      const { data, origin } = answer;
      return { report, facts: reader.facts(data), columns: reader.columns?.(data) ?? {}, origin, failure: null };
    }
    case 'empty': {
      const report = { source, outcome: answer.outcome, reason: answer.reason };
      const { facts = [], columns = {} } = reader.whenEmpty ?? {};
      return { report, facts, columns, origin: answer.origin, failure: null };
    }
    case 'unavailable':
    case 'skipped':
      return {
        report: { source, outcome: answer.outcome, reason: answer.reason },
        facts: [],
        columns: {},
        origin: null,
        failure: 'code' in answer ? answer.code : null,
      };
  }
}

/** When the register does not answer, a result would only hide the outage; trying again is up to the kind of failure. */
function refuseSilence(readings: readonly Reading[]): void {
  const ofRegister = readings.filter(
    ({ report }) => report.source.startsWith('companies_house.') && report.outcome !== 'skipped',
  );
  const asked = ofRegister.length > 0 ? ofRegister : readings;
  const silent = asked.filter(({ report }) => report.outcome === 'unavailable');
  if (silent.length === 0 || asked.some(({ origin }) => origin !== null)) return;
  const reasons = [...new Set(silent.map(({ report }) => report.reason))].join(' ');
  const codes = silent.map(({ failure }) => failure ?? 'provider_unavailable');
  const passing = codes.find((code) => ERRORS[code].class === 'retryable');
  throw new AppError(passing ?? codes[0] ?? 'provider_unavailable', {
    detail: `No source answered: ${reasons} Earlier facts are kept.`,
  });
}

/** Columns from the answers; an answer kept from before the row was last read must not turn the row back. */
function columnsOf(readings: readonly Reading[], registerReadAt: string | null): CompanyColumns {
  const columns: CompanyColumns = {};
  for (const { report, origin, columns: read } of readings) {
    if (origin === null) continue;
    if (registerReadAt !== null && Date.parse(origin.retrievedAt) < Date.parse(registerReadAt)) continue;
    Object.assign(columns, read);
    if (report.source === 'companies_house.profile' && report.outcome === 'ok') {
      columns.register_read_at = origin.retrievedAt;
    }
  }
  return columns;
}

/** A value that is no longer stated replaces the earlier one; one that never was is no fact. */
function toFacts({ facts, origin }: Reading, known: KnownFields): Fact[] {
  if (origin === null) return [];
  return facts
    .filter(({ field, value }) => value !== null || known.asFacts.has(field))
    .map(({ field, value, locator, snippet, place }) => ({
      field,
      value: value ?? NO_LONGER_STATED,
      source: origin.source,
      evidence: {
        url: place?.url ?? origin.url,
        locator,
        retrieved_at: origin.retrievedAt,
        sha256: place?.sha256 ?? origin.sha256,
        snippet: value === null ? 'no longer stated' : snippet,
      },
      observed_at: origin.retrievedAt,
      confidence: place?.confidence ?? origin.reliability,
    }));
}
