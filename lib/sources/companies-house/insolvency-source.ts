import { registerSource } from './register-source';
import { insolvencySchema } from './schema';

/** Insolvency cases. */
export const insolvencySource = registerSource({
  id: 'companies_house.insolvency',
  what: 'insolvency',
  path: '/insolvency',
  page: '/insolvency',
  lifetimeHours: 24,
  schema: insolvencySchema,
  emptyReason: 'Companies House lists no insolvency case for this company.',
  isEmpty: ({ cases }) => cases.length === 0,
});
