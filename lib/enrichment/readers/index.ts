import type { SourceId } from '@/lib/sources/registry';
import type { SourceReader } from '../source-reader';
import { officersReader, ownerStatementsReader, ownersReader } from './people';
import { profileReader } from './profile';
import { chargesReader, filingsReader, insolvencyReader } from './records';

/** One reader for every source: leaving one out does not compile. */
export const READERS: { [K in SourceId]: SourceReader<K> } = {
  'companies_house.profile': profileReader,
  'companies_house.officers': officersReader,
  'companies_house.psc': ownersReader,
  'companies_house.psc_statements': ownerStatementsReader,
  'companies_house.charges': chargesReader,
  'companies_house.filing_history': filingsReader,
  'companies_house.insolvency': insolvencyReader,
};

/** Sources that will fill the remaining fields, and why they do not yet. */
export const SOURCES_TO_COME = [
  {
    source: 'filed_accounts',
    reason: 'Filed accounts are not read yet: turnover, net assets and employees stay unknown.',
  },
  { source: 'company_website', reason: 'No web site source is configured: web site and phone stay unknown.' },
] as const;
