import { registerSource } from './register-source';
import { officerListSchema } from './schema';

/** Directors, secretaries and members, current and former. */
export const officersSource = registerSource({
  id: 'companies_house.officers',
  what: 'officers',
  path: '/officers',
  page: '/officers',
  lifetimeHours: 24,
  schema: officerListSchema,
  paging: { pageSize: 100, limit: 1_000 },
  emptyReason: 'Companies House lists no officers for this company.',
  isEmpty: ({ items }) => items.length === 0,
});
