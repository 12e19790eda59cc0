import { callRpc } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { type CompaniesAtAddress, companiesAtAddressSchema, MOST_COUNTED } from './schema';

/** Fewer companies than this are no register: what is counted among them says nothing about an address. */
const LEAST_KNOWN = 100_000;

/** The companies of the register's file of all companies, as they are kept in the table `companies`. */
export type AddressStore = {
  /** @throws AppError `database_unavailable`. */
  companiesAtAddressOf(companyNumber: string): Promise<CompaniesAtAddress>;
};

export function databaseAddresses(db: ServiceClient): AddressStore {
  return {
    companiesAtAddressOf: (companyNumber) =>
      callRpc(
        db,
        'companies_at_address_of',
        { p_company_number: companyNumber, p_least: LEAST_KNOWN, p_most: MOST_COUNTED },
        companiesAtAddressSchema,
      ),
  };
}
