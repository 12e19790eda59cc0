import type { Context } from 'hono';
import type { ModelScript } from './model-script';
import type { RateWindowOptions, WindowState } from './rate-window';
import type { Recordings } from './recordings';

/** What a stand-in of a provider may use. */
export type ProviderTools = { recordings: Recordings; model: ModelScript };

/** A body in the provider's own words. */
export type ProviderBody = { contentType: string; body: string };

/** A provider's contract: how it lets requests in, answers them, and words its failures. */
export type Provider = {
  /** First segment of its addresses here, and folder of its recordings. */
  name: string;
  /** Whose window its requests count in, where one account reaches several providers; its own when absent. */
  account?: string;
  /** Requests that it takes from one key; any number when absent. */
  rate?: RateWindowOptions;
  /** Authentication: a refusal, or the key that the request is counted for. */
  admit(c: Context): Response | string;
  /** @param path the request path within the provider, such as `/company/00000006`. */
  answer(c: Context, path: string, tools: ProviderTools): Promise<Response>;
  /** The provider's own body for a status. */
  failure(status: number): ProviderBody;
  /** "Too many requests before the window ends". */
  limited(window: WindowState, now: Date): Response;
  /** What every answer tells of the window. */
  windowHeaders?(window: WindowState): Record<string, string>;
  /** For those that report errors in an answer of status 200. */
  failureInSuccess?(): ProviderBody;
};

/** A provider without keys: everybody is counted together. */
export function admitAnyone(): string {
  return 'anyone';
}

/** A refusal in the provider's words. */
export function refuse(provider: Pick<Provider, 'failure'>, status: number, headers: HeadersInit = {}): Response {
  const { contentType, body } = provider.failure(status);
  const all = new Headers(headers);
  all.set('Content-Type', contentType);
  return new Response(body, { status, headers: all });
}

/** The page of a gateway in front of a provider that is down. */
export function gatewayPage(status: number): ProviderBody {
  const body = `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n</body>\r\n</html>\r\n`;
  return { contentType: 'text/html', body };
}

/** @returns a whole number from a query, or the fallback. */
export function whole(text: string | undefined, fallback: number): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : fallback;
}
