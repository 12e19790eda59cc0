import { z } from 'zod';
import { unwrap } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import { SIGNAL_STRENGTHS, SIGNAL_TYPES, type SignalType, signalPlaceSchema } from './schema';

const storedSignalSchema = z.object({
  id: z.int(),
  company_id: z.string(),
  type: z.enum(SIGNAL_TYPES),
  title: z.string(),
  event_date: z.iso.date(),
  strength: z.enum(SIGNAL_STRENGTHS),
  confidence: z.number(),
  /** Signals of earlier versions rest on one place. */
  evidence: signalPlaceSchema.extend({ also: z.array(signalPlaceSchema).default([]) }),
  why_it_matters: z.string(),
  expires_on: z.iso.date(),
  source: z.string(),
  detected_at: z.iso.datetime({ offset: true }),
});
const feedSignalSchema = storedSignalSchema.extend({ companies: z.object({ name: z.string(), is_demo: z.boolean() }) });

export type StoredSignal = z.infer<typeof storedSignalSchema>;
export type FeedSignal = StoredSignal & { company_name: string; is_demo: boolean };
export type SignalFeed = { items: FeedSignal[]; next_cursor: string | null };
export type SignalFilter = {
  types?: readonly SignalType[] | undefined;
  /** Leaves out signals that have lost their meaning by this day (YYYY-MM-DD). */
  notExpiredOn?: string | undefined;
};

const COLUMNS =
  'id, company_id, type, title, event_date, strength, confidence, evidence, why_it_matters, expires_on, source, detected_at';

type Client = Pick<ServiceClient, 'from'>;

/** The signals of one company, newest event first. */
export async function listCompanySignals(
  client: Client,
  companyId: string,
  filter: SignalFilter = {},
  limit = 100,
): Promise<StoredSignal[]> {
  let query = client.from('buying_signals').select(COLUMNS).eq('company_id', companyId);
  if (filter.types?.length) query = query.in('type', [...filter.types]);
  if (filter.notExpiredOn) query = query.gte('expires_on', filter.notExpiredOn);
  const rows = unwrap(
    await query.order('event_date', { ascending: false }).order('id', { ascending: false }).limit(limit),
  );
  return z.array(storedSignalSchema).parse(rows);
}

/**
 * The newest signals of all companies, latest found first.
 * @param options.cursor `next_cursor` of the page before; anything else begins at the top.
 */
export async function listSignalFeed(
  client: Client,
  options: SignalFilter & { cursor?: string | undefined; limit?: number | undefined } = {},
): Promise<SignalFeed> {
  const limit = options.limit ?? 25;
  // Ids grow with the time of detection, so they are the order and the cursor in one.
  let query = client.from('buying_signals').select(`${COLUMNS}, companies (name, is_demo)`);
  if (options.types?.length) query = query.in('type', [...options.types]);
  if (options.notExpiredOn) query = query.gte('expires_on', options.notExpiredOn);
  if (/^\d{1,15}$/.test(options.cursor ?? '')) query = query.lt('id', Number(options.cursor));
  const rows = z.array(feedSignalSchema).parse(unwrap(await query.order('id', { ascending: false }).limit(limit + 1)));
  const items = rows.slice(0, limit).map(({ companies, ...signal }) => ({
    ...signal,
    company_name: companies.name,
    is_demo: companies.is_demo,
  }));
  return { items, next_cursor: rows.length > limit ? String(items.at(-1)?.id) : null };
}
