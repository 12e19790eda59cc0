import { z } from 'zod';
import { AppError, ERRORS, type ErrorCode } from '@/lib/errors';
import type { Database } from '@/types/database';
import type { ServiceClient } from './service-client';

type Functions = Database['public']['Functions'];
export type FunctionName = keyof Functions & string;
type Failure = { message: string; code?: string; details?: unknown };
type Result<T> = { data: T; error: null; status: number } | { data: null; error: Failure; status: number };

/**
 * Calls a database function and parses what it returns.
 * @param options.signal aborts the call; the promise then rejects with the signal's reason.
 * @throws AppError: the code that the function raised, `unauthenticated`, `database_unavailable` when there is no answer
 * in time, `internal` for anything unforeseen.
 */
export async function callRpc<Name extends FunctionName, T>(
  client: Pick<ServiceClient, 'rpc'>,
  name: Name,
  args: Functions[Name]['Args'],
  schema: z.ZodType<T>,
  options: { signal?: AbortSignal } = {},
): Promise<T> {
  // The client's own type of this call cannot be computed for a name that is a type parameter; name and arguments are
  // checked by this function's signature and the result by the schema.
  const call = client.rpc(name as never, args as never);
  const result = await (options.signal ? call.abortSignal(options.signal) : call);
  options.signal?.throwIfAborted();
  if (result.error) throw toDatabaseError(result.error, result.status);
  const parsed = schema.safeParse(result.data);
  if (parsed.success) return parsed.data;
  throw new AppError('internal', { cause: new Error(`${name} returned an unknown form`, { cause: parsed.error }) });
}

/**
 * The data of a table read or write.
 * @throws AppError as `callRpc` does.
 */
export function unwrap<T>(result: Result<T>): T {
  if (result.error) throw toDatabaseError(result.error, result.status);
  return result.data;
}

/** Lock conflicts, deadlocks, a statement that took too long, a server that is starting or stopping, no connection left. */
const PASSING = /^(40|55P03|57|08|53|PGRST00)/;

/**
 * A failure of the data API as our own. Our functions raise SQLSTATE `OP...` with an error code as the message and
 * further public members as JSON in the detail.
 */
export function toDatabaseError(error: Failure, status: number): AppError {
  const code = error.code ?? '';
  if (code.startsWith('OP') && isErrorCode(error.message)) {
    return new AppError(error.message, { extras: parseExtras(error.details), cause: error });
  }
  if (status === 0 || status === 503 || PASSING.test(code))
    return new AppError('database_unavailable', { cause: error });
  if (status === 401 || code.startsWith('PGRST30')) return new AppError('unauthenticated', { cause: error });
  return new AppError('internal', { cause: error });
}

function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

function parseExtras(details: unknown): Record<string, unknown> {
  if (typeof details !== 'string' || details === '') return {};
  try {
    return z.record(z.string(), z.unknown()).catch({}).parse(JSON.parse(details));
  } catch {
    return {};
  }
}
