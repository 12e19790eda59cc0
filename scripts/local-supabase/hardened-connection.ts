import { createPostgresConnection } from '@supabase/lite/postgres';
import { saveRoundTrips } from './fewer-round-trips';

export type LiteConnection = ReturnType<typeof createPostgresConnection>;

/** Longest time one statement of the API may take, in ms; the callers give up much earlier. */
const STATEMENT_TIMEOUT_MS = 15_000;

/**
 * A connection pool of @supabase/lite 0.10.0 with the faults repaired that change meaning or weaken security. Touches
 * private parts of exactly that version, which is why it is pinned.
 * @param options.max connections in the pool.
 */
export function hardenedConnection(options: { databaseUrl: string; max: number }): LiteConnection {
  const connection = createPostgresConnection({
    url: options.databaseUrl,
    postgresOptions: {
      max: options.max,
      onnotice: () => undefined,
      connection: { statement_timeout: STATEMENT_TIMEOUT_MS },
      types: WIRE_TYPES,
    },
  });
  // The first request of a process would otherwise GRANT ALL ON ALL TABLES to anon and authenticated, which undoes
  // every revoke and column grant of the migrations. bootstrap.sql prepares the roles instead.
  Reflect.set(connection, 'rlsState', 'active');
  saveRoundTrips(connection);
  const original = connection.normalizeDbError.bind(connection);
  connection.normalizeDbError = (error) => passThrough(error) ?? original(error);
  return connection;
}

/** Codes that the server already maps as PostgREST does. */
const MAPPED_BY_LITE = /^(PT|PGRST|21|22|42|23505|23503|23502|25006)/;

/**
 * The other SQLSTATEs (raised by our functions, check violations, serialisation failures, ...) would become `500 SUP` with
 * code, detail and hint lost. An error of code PGRST may carry its own body and status, so they travel that way.
 */
function passThrough(error: unknown): Error | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  const { code } = error;
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || MAPPED_BY_LITE.test(code)) return null;
  const message = 'message' in error ? String(error.message) : '';
  const details = 'detail' in error ? (error.detail ?? null) : null;
  const hint = 'hint' in error ? (error.hint ?? null) : null;
  return Object.assign(new Error(JSON.stringify({ code, message, details, hint })), {
    code: 'PGRST',
    detail: JSON.stringify({ status: httpStatus(code), headers: {} }),
  });
}

/** PostgREST's table from SQLSTATE to HTTP status, for the codes passed through here. */
function httpStatus(code: string): number {
  if (code === 'P0001' || code.startsWith('23')) return 400;
  if (/^(08|53)/.test(code)) return 503;
  if (code.startsWith('28')) return 403;
  if (code.startsWith('57') && code !== '57014') return 503;
  if (/^(09|0L|0P|25|2D|38|39|3B|40|54|55|57|58|F0|HV|XX)/.test(code)) return 500;
  return 400;
}

/** `2026-01-05 00:00:00+00` as ISO 8601, which is what PostgREST sends. */
function toIso(value: string): string {
  if (value.endsWith('infinity')) return value;
  return value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
}

const parseJson = (value: string): unknown => JSON.parse(value);
const unchanged = (value: unknown): unknown => value;
/** The server hands over JSON that is text already; the driver would encode it a second time. */
const onceEncoded = (value: unknown): unknown => (typeof value === 'string' ? value : JSON.stringify(value));

const WIRE_TYPES = {
  json: { to: 114, from: [114], serialize: onceEncoded, parse: parseJson },
  jsonb: { to: 3802, from: [3802], serialize: onceEncoded, parse: parseJson },
  timestamp: { to: 1114, from: [1114], serialize: unchanged, parse: toIso },
  timestamptz: { to: 1184, from: [1184], serialize: unchanged, parse: toIso },
};
