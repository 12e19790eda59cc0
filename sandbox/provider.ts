import type { Context } from 'hono';
import type { Fault } from './faults';
import type { RateWindow } from './rate-window';
import type { Recordings } from './recordings';

/** What a stand-in of a provider may use. */
export type ProviderTools = { recordings: Recordings; rateWindow: RateWindow };

/** A provider's contract: how it lets requests in, answers them, and words its failures. */
export type Provider = {
  /** First segment of its addresses here, and folder of its recordings. */
  name: string;
  /** Authentication and rate limit: a refusal, or the headers of every answer. */
  admit(c: Context, tools: ProviderTools): Response | Record<string, string>;
  /** @param path the request path within the provider, such as `/company/00000006`. */
  answer(c: Context, path: string, tools: ProviderTools): Promise<Response>;
  /** The provider's own body for a status. */
  failure(status: number): { contentType: string; body: string };
  /** The provider's headers for "too many requests until". */
  limitHeaders(fault: Fault, now: Date): Record<string, string>;
};
