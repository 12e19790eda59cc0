import { registerSource } from './register-source';
import { pscListSchema } from './schema';

/** Who owns or controls the company. */
export const pscSource = registerSource({
  id: 'companies_house.psc',
  what: 'persons with significant control',
  path: '/persons-with-significant-control',
  page: '/persons-with-significant-control',
  lifetimeHours: 24,
  schema: pscListSchema,
  paging: { pageSize: 100, limit: 500 },
  emptyReason: 'Companies House lists no persons with significant control for this company.',
  isEmpty: ({ items }) => items.length === 0,
});
