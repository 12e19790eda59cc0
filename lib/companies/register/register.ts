import type { JobContext } from '@/lib/queue/job-context';
import type { Charge, CompanyProfile, Filing, Insolvency, Officer } from '@/lib/sources/companies-house/schema';
import type { SourceData, SourceId } from '@/lib/sources/registry';
import type { SourceOrigin, SourceOutcome } from '@/lib/sources/source';

/** The sources that say what happened to a company; its owners are another matter. */
const REGISTER_SOURCES = [
  'companies_house.profile',
  'companies_house.filing_history',
  'companies_house.officers',
  'companies_house.charges',
  'companies_house.insolvency',
] as const satisfies readonly SourceId[];

type Answers = { [K in SourceId]?: SourceOutcome<SourceData[K]> };

/** A source broke down, there was nothing to ask (no key, no known address), or nobody wanted it. */
export type UnreadCause = 'source_failed' | 'nothing_to_ask' | 'not_wanted';

/** What was read about one company, for detectors and rules to look at. */
export type Register = {
  companyNumber: string;
  profile: CompanyProfile | null;
  filings: readonly Filing[];
  officers: readonly Officer[];
  charges: readonly Charge[];
  insolvency: Insolvency | null;
  /** What any other source answered with; null when there was nothing or no answer. */
  dataOf<K extends SourceId>(source: K): SourceData[K] | null;
  /** Where a source's answer comes from; null when there was no answer. */
  originOf(source: SourceId): SourceOrigin | null;
  /** Why an answer holds nothing; null when it holds something or there was none. */
  whyNothing(source: SourceId): string | null;
  /** Why a source could not be looked at; null when it answered, be it with nothing. */
  whyUnread(source: SourceId): string | null;
  /** What kept a source from being looked at; null when it answered. */
  unreadBecause(source: SourceId): UnreadCause | null;
};

type ReadingContext = Pick<JobContext, 'sources' | 'signal'>;

/**
 * Reads what the register says about a company, all wanted sources at the same time.
 * @param isWanted which sources to read; the others count as unread.
 * @param others sources beside the register to read as well.
 * @throws the reason of `ctx.signal`, and AppError `provider_rate_limited` from the sources.
 */
export async function readRegister(
  ctx: ReadingContext,
  companyNumber: string,
  isWanted: (source: SourceId) => boolean,
  others: Iterable<SourceId> = [],
): Promise<Register> {
  const answers: Answers = {};
  const read = async (id: SourceId): Promise<void> => {
    Object.assign(answers, { [id]: await ctx.sources.read(id, { companyNumber }) });
  };
  await Promise.all([...new Set<SourceId>([...REGISTER_SOURCES, ...others])].filter(isWanted).map(read));
  ctx.signal.throwIfAborted();
  return toRegister(companyNumber, answers);
}

function toRegister(companyNumber: string, answers: Answers): Register {
  return {
    companyNumber,
    profile: dataOf(answers['companies_house.profile']),
    filings: dataOf(answers['companies_house.filing_history'])?.items ?? [],
    officers: dataOf(answers['companies_house.officers'])?.items ?? [],
    charges: dataOf(answers['companies_house.charges'])?.items ?? [],
    insolvency: dataOf(answers['companies_house.insolvency']),
    dataOf: <K extends SourceId>(source: K) => {
      const answer = answers[source];
      return answer?.outcome === 'ok' ? answer.data : null;
    },
    originOf(source) {
      const answer = answers[source];
      return answer !== undefined && 'origin' in answer ? answer.origin : null;
    },
    whyNothing(source) {
      const answer = answers[source];
      return answer?.outcome === 'empty' ? answer.reason : null;
    },
    whyUnread(source) {
      const answer = answers[source];
      if (answer === undefined) return `${source} was not among the sources asked for.`;
      return 'origin' in answer ? null : answer.reason;
    },
    unreadBecause(source) {
      const answer = answers[source];
      if (answer === undefined) return 'not_wanted';
      if ('origin' in answer) return null;
      return answer.outcome === 'unavailable' ? 'source_failed' : 'nothing_to_ask';
    },
  };
}

function dataOf<T>(outcome: SourceOutcome<T> | undefined): T | null {
  return outcome?.outcome === 'ok' ? outcome.data : null;
}
