import type { ServiceClient } from '@/lib/supabase/service-client';
import { databasePayGap, type PayGapStore } from './gender-pay-gap/pay-gap-store';
import { type AwardStore, databaseAwards } from './procurement/award-store';
import { type AddressStore, databaseAddresses } from './register-file/address-store';

/** What is published for everybody at once and kept in tables of our own, because nobody can be asked for one company. */
export type ImportedData = { payGap: PayGapStore; awards: AwardStore; addresses: AddressStore };

export function databaseImports(db: ServiceClient): ImportedData {
  return { payGap: databasePayGap(db), awards: databaseAwards(db), addresses: databaseAddresses(db) };
}
