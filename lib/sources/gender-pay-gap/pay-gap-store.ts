import { callRpc } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { type PayGapReturns, payGapReturnsSchema } from './schema';

/** The imported returns. */
export type PayGapStore = {
  /** @throws AppError `database_unavailable`. */
  returnsOf(companyNumber: string): Promise<PayGapReturns>;
};

/** The table `pay_gap_returns`. */
export function databasePayGap(db: ServiceClient): PayGapStore {
  return {
    returnsOf: (companyNumber) =>
      callRpc(db, 'pay_gap_returns_of', { p_company_number: companyNumber }, payGapReturnsSchema),
  };
}
