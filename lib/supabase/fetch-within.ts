/** Statuses with which a gateway says that nothing behind it answers. */
const NOT_ANSWERED = new Set([502, 503, 504, 520]);

/**
 * `fetch` for the database: an answer within the limit or a failure, never a wait.
 * @param timeoutMs time for the whole exchange, body included. `limit`: ends all exchanges of this function.
 */
export function fetchWithin(timeoutMs: number, limit?: AbortSignal): typeof fetch {
  return async (input, init) => {
    const signals = [AbortSignal.timeout(timeoutMs), limit, init?.signal].filter((signal) => signal != null);
    try {
      const response = await fetch(input, { ...init, signal: AbortSignal.any(signals) });
      if (!NOT_ANSWERED.has(response.status)) return response;
      await response.body?.cancel();
      throw new Error(`the gateway answered ${response.status}`);
    } catch (cause) {
      return notAnswered(String(input), cause);
    }
  };
}

/** Says that there was no answer in the way that supabase-js 2.109 takes without a wait and without printing it. */
function notAnswered(url: string, cause: unknown): Response {
  // The auth client prints whatever is thrown to the console; a gateway's answer it takes as "no answer".
  if (url.includes('/auth/v1/')) return new Response(null, { status: 503 });
  // The data client repeats failed reads for up to seven seconds, and only an AbortError at once says enough.
  throw Object.assign(new Error(`No answer from the database: ${explain(cause)}`, { cause }), { name: 'AbortError' });
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
