import type { Charge, CompanyProfile, Filing, Insolvency, Officer } from '@/lib/sources/companies-house/schema';
import type { SourceData, SourceId } from '@/lib/sources/registry';
import type { SourceOrigin, SourceOutcome } from '@/lib/sources/source';

/** The sources that detectors may use. */
export type SignalSourceId = Exclude<SourceId, 'companies_house.psc' | 'companies_house.psc_statements'>;

type Answers = { [K in SignalSourceId]: SourceOutcome<SourceData[K]> | undefined };

/** What was read about one company, for the detectors to look at. */
export type Register = {
  companyNumber: string;
  profile: CompanyProfile | null;
  filings: readonly Filing[];
  officers: readonly Officer[];
  charges: readonly Charge[];
  insolvency: Insolvency | null;
  /** Where a source's answer comes from; null when there was no answer. */
  originOf(source: SignalSourceId): SourceOrigin | null;
  /** Why a source could not be looked at; null when it answered, be it with nothing. */
  whyUnread(source: SignalSourceId): string | null;
};

export function toRegister(companyNumber: string, answers: Answers): Register {
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
      if (answer === undefined) return `${source} was not read`;
      return 'origin' in answer ? null : `${source}: ${answer.reason}`;
    },
  };
}

function dataOf<T>(outcome: SourceOutcome<T> | undefined): T | null {
  return outcome?.outcome === 'ok' ? outcome.data : null;
}
