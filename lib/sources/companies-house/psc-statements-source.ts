import { registerSource } from './register-source';
import { pscStatementListSchema } from './schema';

/** What the company states where owners are unknown, unconfirmed or do not exist. */
export const pscStatementsSource = registerSource({
  id: 'companies_house.psc_statements',
  what: 'statements on persons with significant control',
  path: '/persons-with-significant-control-statements',
  page: '/persons-with-significant-control',
  lifetimeHours: 24,
  schema: pscStatementListSchema,
  paging: { pageSize: 100, limit: 500 },
  emptyReason: 'Companies House lists no statements on persons with significant control for this company.',
  isEmpty: ({ items }) => items.length === 0,
});
