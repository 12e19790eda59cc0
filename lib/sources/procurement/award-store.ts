import { z } from 'zod';
import { callRpc } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { type AwardRow, type ContractAwards, contractAwardsSchema } from './schema';

/** A span of time whose releases are read together; ISO instants. */
export type Span = { starts_at: string; ends_at: string };
export type SpanPlan = { hours: number; days: number; limit: number };
export type Supplier = { number: string; nameKey: string | null; postcode: string | null };

/** Awards that were read, and which spans of time they cover. `feed` names the service and where it was asked. */
export type AwardStore = {
  /** Claims the newest spans that want reading: a claimed span is nobody else's for two minutes. */
  claim(feed: string, now: Date, plan: SpanPlan): Promise<Span[]>;
  /** Keeps the awards of a span and marks it as read. */
  save(feed: string, span: Span, now: Date, damaged: number, rows: readonly AwardRow[]): Promise<void>;
  awardsOf(feed: string, supplier: Supplier): Promise<ContractAwards>;
};

const spansSchema = z.array(z.object({ starts_at: z.string(), ends_at: z.string() }));

/** The tables `contract_awards` and `contract_spans`. */
export function databaseAwards(db: ServiceClient): AwardStore {
  return {
    claim: (feed, now, { hours, days, limit }) =>
      callRpc(
        db,
        'claim_contract_spans',
        { p_provider: feed, p_now: now.toISOString(), p_hours: hours, p_days: days, p_limit: limit },
        spansSchema,
      ),
    save: async (feed, span, now, damaged, rows) => {
      const args = { p_provider: feed, p_starts_at: span.starts_at, p_now: now.toISOString(), p_damaged: damaged };
      await callRpc(db, 'save_contract_span', { ...args, p_rows: [...rows] }, z.unknown());
    },
    awardsOf: (feed, { number, nameKey, postcode }) =>
      callRpc(
        db,
        'contract_awards_of',
        { p_provider: feed, p_company_number: number, p_name_key: nameKey, p_postcode: postcode },
        contractAwardsSchema,
      ),
  };
}
