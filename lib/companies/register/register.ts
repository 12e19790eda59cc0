import type { JobContext } from '@/lib/queue/job-context';
import type { Charge, CompanyProfile, Filing, Insolvency, Officer } from '@/lib/sources/companies-house/schema';
import type { SourceData, SourceId } from '@/lib/sources/registry';
import type { SourceOrigin, SourceOutcome } from '@/lib/sources/source';

/** The sources that say what happened to a company; its owners are another matter. */
export type RegisterSourceId = Exclude<SourceId, 'companies_house.psc' | 'companies_house.psc_statements'>;

type Answers = { [K in RegisterSourceId]: SourceOutcome<SourceData[K]> | undefined };

/** What was read about one company, for detectors and rules to look at. */
export type Register = {
  companyNumber: string;
  profile: CompanyProfile | null;
  filings: readonly Filing[];
  officers: readonly Officer[];
  charges: readonly Charge[];
  insolvency: Insolvency | null;
  /** Where a source's answer comes from; null when there was no answer. */
  originOf(source: RegisterSourceId): SourceOrigin | null;
  /** Why a source could not be looked at; null when it answered, be it with nothing. */
  whyUnread(source: RegisterSourceId): string | null;
};

type ReadingContext = Pick<JobContext, 'sources' | 'signal'>;

/**
 * Reads what the register says about a company, all wanted sources at the same time.
 * @param isWanted which sources to read; the others count as unread.
 * @throws the reason of `ctx.signal`, and AppError `provider_rate_limited` from the sources.
 */
export async function readRegister(
  ctx: ReadingContext,
  companyNumber: string,
  isWanted: (source: RegisterSourceId) => boolean,
): Promise<Register> {
  const read = async <K extends RegisterSourceId>(id: K): Promise<SourceOutcome<SourceData[K]> | undefined> =>
    isWanted(id) ? ctx.sources.read(id, { companyNumber }) : undefined;
  const [profile, filings, officers, charges, insolvency] = await Promise.all([
    read('companies_house.profile'),
    read('companies_house.filing_history'),
    read('companies_house.officers'),
    read('companies_house.charges'),
    read('companies_house.insolvency'),
  ]);
  ctx.signal.throwIfAborted();
  return toRegister(companyNumber, {
    'companies_house.profile': profile,
    'companies_house.filing_history': filings,
    'companies_house.officers': officers,
    'companies_house.charges': charges,
    'companies_house.insolvency': insolvency,
  });
}

function toRegister(companyNumber: string, answers: Answers): Register {
  return {
    companyNumber,
    profile: dataOf(answers['companies_house.profile']),
    filings: dataOf(answers['companies_house.filing_history'])?.items ?? [],
    officers: dataOf(answers['companies_house.officers'])?.items ?? [],
    charges: dataOf(answers['companies_house.charges'])?.items ?? [],
    insolvency: dataOf(answers['companies_house.insolvency']),
    originOf(source) {
      const answer = answers[source];
      return answer !== undefined && 'origin' in answer ? answer.origin : null;
    },
    whyUnread(source) {
      const answer = answers[source];
      if (answer === undefined) return `${source} was not among the sources asked for.`;
      return 'origin' in answer ? null : `${source}: ${answer.reason}`;
    },
  };
}

function dataOf<T>(outcome: SourceOutcome<T> | undefined): T | null {
  return outcome?.outcome === 'ok' ? outcome.data : null;
}
