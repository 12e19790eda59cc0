/** Headers that say nothing about us. */
const OPEN_HEADERS = /^(accept|accept-language|content-type|if-none-match|if-modified-since|user-agent)$/i;
const SHORTEST_SECRET = 4;

/**
 * What went wrong on the network, for the log: names, codes and texts of the failure and its causes, without the values
 * of headers (keys, tokens) and without what stands in addresses before the host or behind the path.
 */
export function redactFailure(failure: unknown, headers: Record<string, string> = {}): Error {
  const secrets = Object.entries(headers)
    .filter(([name]) => !OPEN_HEADERS.test(name))
    .flatMap(([, value]) => [value, ...value.split(/[ ,;=]+/)])
    .filter((secret) => secret.length >= SHORTEST_SECRET);
  const text = inWords(failure)
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1')
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#]\S*/gi, '$1');
  const redacted = secrets.reduce((known, secret) => known.replaceAll(secret, '[redacted]'), text);
  const error = new Error(redacted);
  error.name = 'OutboundFailure';
  return error;
}

function inWords(failure: unknown, depth = 0): string {
  if (!(failure instanceof Error)) return String(failure);
  const code = 'code' in failure && failure.code !== undefined ? ` (${String(failure.code)})` : '';
  const own = `${failure.name}: ${failure.message}${code}`;
  return failure.cause === undefined || depth > 4 ? own : `${own}, because ${inWords(failure.cause, depth + 1)}`;
}
