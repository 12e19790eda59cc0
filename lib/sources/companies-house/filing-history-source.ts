import { registerSource } from './register-source';
import { filingHistorySchema } from './schema';

/** What was filed, newest first; the newest 300 filings. */
export const filingHistorySource = registerSource({
  id: 'companies_house.filing_history',
  what: 'filing history',
  path: '/filing-history',
  page: '/filing-history',
  lifetimeHours: 6,
  schema: filingHistorySchema,
  paging: { pageSize: 100, limit: 300 },
  emptyReason: 'Companies House lists no filings for this company.',
  isEmpty: ({ items }) => items.length === 0,
});
