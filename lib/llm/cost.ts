import type { Usage } from './schema';
import type { ModelSettings } from './settings';

type Prices = Pick<ModelSettings, 'inputPrice' | 'outputPrice'>;

/** Bytes of UTF-8 per token at least, over languages and tokenisers; English has about four. */
const BYTES_PER_TOKEN = 3;

/** @returns the most that a request can cost in US dollars: its text, counted generously, and all the output allowed. */
export function mostItCanCost(body: unknown, maxOutputTokens: number, prices: Prices): number {
  const inputTokens = Math.ceil(Buffer.byteLength(JSON.stringify(body)) / BYTES_PER_TOKEN);
  return priceOf(inputTokens, maxOutputTokens, prices);
}

/**
 * What a request cost: as the service reports it, with what the owner of the key pays elsewhere, else by the prices.
 * @returns US dollars, or null when nothing is known of it.
 */
export function costOf(usage: Usage | null, prices: Prices): number | null {
  if (usage === null) return null;
  if (typeof usage.cost === 'number') {
    const elsewhere = usage.is_byok === true ? (usage.cost_details?.upstream_inference_cost ?? 0) : 0;
    return rounded(usage.cost + elsewhere);
  }
  if (typeof usage.prompt_tokens !== 'number' || typeof usage.completion_tokens !== 'number') return null;
  return priceOf(usage.prompt_tokens, usage.completion_tokens, prices);
}

function priceOf(inputTokens: number, outputTokens: number, { inputPrice, outputPrice }: Prices): number {
  return rounded((inputTokens * inputPrice + outputTokens * outputPrice) / 1_000_000);
}

/** A millionth of a dollar, upwards: what is counted is never less than what is paid. */
function rounded(usd: number): number {
  return Math.ceil(Math.round(usd * 1e9) / 1e3) / 1e6;
}
