import { registerSource } from './register-source';
import { companyProfileSchema } from './schema';

/** The company itself: name, status, address, what is due. */
export const profileSource = registerSource({
  id: 'companies_house.profile',
  what: 'company profile',
  path: '',
  page: '',
  lifetimeHours: 24,
  schema: companyProfileSchema,
  emptyReason: 'Companies House has no company with this number.',
});
