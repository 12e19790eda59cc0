/** What a source may come to when all answers of one provider are disturbed in one way. */
export type Expected = {
  /**
   * `equal`: as without the fault. `lost`: the provider gave nothing usable, which must never look like "nothing there".
   * `limited`: "not now", with a time. `missing`: the provider says that there is nothing.
   */
  becomes: 'equal' | 'lost' | 'limited' | 'missing';
  /**
   * For pages of the web, which are read as far as they go: `readable` when the answer can pass for a page, or for a site
   * that does not want to be read. Then only nothing may be invented.
   */
  ofPages?: 'readable';
  /** Codes of an unavailable outcome, where the source asks this provider only. */
  codes?: readonly string[];
};

const DOWN = ['provider_unavailable'];
const BROKEN = ['provider_contract'];

/** The faults of the sandbox, as a provider would make them. Times fit clients that wait 0.8 seconds. */
export const FAULTS: Record<string, { fault: Record<string, unknown> } & Expected> = {
  'slow answers': { fault: { kind: 'slow', delay_ms: 60 }, becomes: 'equal' },
  'status 500': { fault: { kind: 'status', status: 500 }, becomes: 'lost', codes: DOWN },
  'status 503': { fault: { kind: 'status', status: 503 }, becomes: 'lost', codes: DOWN },
  'an HTML page with status 502': { fault: { kind: 'html' }, becomes: 'lost', codes: DOWN },
  'an HTML page with status 200': {
    fault: { kind: 'html', status: 200 },
    becomes: 'lost',
    ofPages: 'readable',
    codes: BROKEN,
  },
  hanging: { fault: { kind: 'hang' }, becomes: 'lost', codes: DOWN },
  'one byte at a time': { fault: { kind: 'drip', delay_ms: 100 }, becomes: 'lost', codes: DOWN },
  'connections that end': { fault: { kind: 'reset' }, becomes: 'lost', codes: DOWN },
  'bodies that are cut off': { fault: { kind: 'cut_off' }, becomes: 'lost', codes: DOWN },
  'half bodies': { fault: { kind: 'truncated' }, becomes: 'lost', ofPages: 'readable', codes: BROKEN },
  'malformed bodies': { fault: { kind: 'malformed' }, becomes: 'lost', ofPages: 'readable', codes: BROKEN },
  'empty bodies': { fault: { kind: 'empty' }, becomes: 'lost', ofPages: 'readable', codes: BROKEN },
  'another shape': { fault: { kind: 'wrong_shape' }, becomes: 'lost', ofPages: 'readable', codes: BROKEN },
  'another content type': { fault: { kind: 'content_type' }, becomes: 'lost', ofPages: 'readable', codes: BROKEN },
  'bodies without end': {
    fault: { kind: 'endless' },
    becomes: 'lost',
    ofPages: 'readable',
    codes: [...BROKEN, ...DOWN],
  },
  'bodies that grow when unpacked': {
    fault: { kind: 'bomb' },
    becomes: 'lost',
    ofPages: 'readable',
    codes: [...BROKEN, ...DOWN],
  },
  'an error with status 200': { fault: { kind: 'failure_in_success' }, becomes: 'lost', codes: [...BROKEN, ...DOWN] },
  'a redirect to a private address': { fault: { kind: 'redirect' }, becomes: 'lost', ofPages: 'readable', codes: DOWN },
  'a refused key (401)': {
    fault: { kind: 'status', status: 401 },
    becomes: 'lost',
    ofPages: 'readable',
    codes: ['provider_rejected'],
  },
  'no credits (402)': {
    fault: { kind: 'status', status: 402 },
    becomes: 'lost',
    ofPages: 'readable',
    codes: ['provider_credits'],
  },
  'a refusal (403)': {
    fault: { kind: 'status', status: 403 },
    becomes: 'lost',
    ofPages: 'readable',
    // Contracts Finder means "too many requests".
    codes: ['provider_rejected', 'provider_rate_limited'],
  },
  'too many requests': { fault: { kind: 'rate_limited', reset_in_seconds: 120 }, becomes: 'limited' },
  'not found (404)': { fault: { kind: 'status', status: 404 }, becomes: 'missing' },
};
