import type { SourceId } from '@/lib/sources/registry';
import type { SourceReader } from '../source-reader';
import { identifierReader, payGapReader } from './open-data';
import { officersReader, ownerStatementsReader, ownersReader } from './people';
import { profileReader } from './profile';
import { chargesReader, filingsReader, insolvencyReader } from './records';
import { websiteReader } from './website';

/** Sources of events and prose, which fill no field of a company. */
type WithoutFields = 'contracts_finder.awards' | 'find_a_tender.awards' | 'gazette.notices';
export type FieldSourceId = Exclude<SourceId, WithoutFields>;

/** One reader for every source with fields: leaving one out does not compile. */
export const READERS: { [K in FieldSourceId]: SourceReader<K> } = {
  'companies_house.profile': profileReader,
  'companies_house.officers': officersReader,
  'companies_house.psc': ownersReader,
  'companies_house.psc_statements': ownerStatementsReader,
  'companies_house.charges': chargesReader,
  'companies_house.filing_history': filingsReader,
  'companies_house.insolvency': insolvencyReader,
  'gleif.entity': identifierReader,
  'gender_pay_gap.returns': payGapReader,
  'website.pages': websiteReader,
};

/** Sources that will fill the remaining fields, and why they do not yet. */
export const SOURCES_TO_COME = [
  {
    source: 'filed_accounts',
    reason: 'Filed accounts are not read yet: turnover, net assets and employees stay unknown.',
  },
] as const;
