import { registerSource } from './register-source';
import { chargeListSchema } from './schema';

/** Mortgages and other charges. The list counts, not \`has_charges\` of the profile, which can be wrong. */
export const chargesSource = registerSource({
  id: 'companies_house.charges',
  what: 'charges',
  path: '/charges',
  page: '/charges',
  lifetimeHours: 24,
  schema: chargeListSchema,
  paging: { pageSize: 100, limit: 500 },
  emptyReason: 'Companies House lists no charges for this company.',
  isEmpty: ({ items }) => items.length === 0,
});
