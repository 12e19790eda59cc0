import type { SourceId } from '@/lib/sources/registry';
import type { SourceReader } from '../source-reader';
import { accountsReader } from './accounts';
import { identifierReader, payGapReader } from './open-data';
import { officersReader, ownerStatementsReader, ownersReader } from './people';
import { profileReader } from './profile';
import { chargesReader, filingsReader, insolvencyReader } from './records';
import { websiteReader } from './website';

/** Sources of events and prose, and of what only a report tells, which fill no field of a company. */
type WithoutFields =
  | 'companies_house.exemptions'
  | 'companies_house.parent_chain'
  | 'contracts_finder.awards'
  | 'find_a_tender.awards'
  | 'gazette.notices'
  | 'job_boards.roles'
  | 'website.history'
  | 'job_boards.history'
  | 'news.articles'
  | 'register_file.same_address';
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
  'accounts.figures': accountsReader,
  'gleif.entity': identifierReader,
  'gender_pay_gap.returns': payGapReader,
  'website.pages': websiteReader,
};
