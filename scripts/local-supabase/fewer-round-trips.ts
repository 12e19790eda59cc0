import type { ConnectionContextOptions, VarsContext } from '@supabase/lite';
import { CompiledQuery, type Kysely } from 'kysely';
import type postgres from 'postgres';
import { z } from 'zod';
import type { LiteConnection } from './hardened-connection';

type Settings = Record<string, string>;

/**
 * Tells Postgres what it has to know of a request in one statement of each kind, and keeps statements that never change
 * prepared. @supabase/lite 0.10.0 sends ten statements, each in two round trips, before the one that was asked for:
 * three quarters of the time of a call that does little. PostgREST, which production has, sends one.
 * Touches private parts of exactly that version, as `hardenedConnection` does.
 */
export function saveRoundTrips(connection: LiteConnection): void {
  Reflect.set(connection, 'applyJwtSessionContext', (db: Kysely<unknown>, vars: VarsContext) =>
    setLocally(db, requestIdentity(vars)),
  );
  Reflect.set(
    connection,
    'applyRpcRequestGucs',
    (db: Kysely<unknown>, rpc: NonNullable<ConnectionContextOptions['rpc']>) =>
      setLocally(db, {
        'response.status': '',
        'response.headers': '',
        'request.method': rpc.method,
        'request.path': rpc.path,
        'request.headers': JSON.stringify(rpc.requestHeaders ?? {}),
      }),
  );
  prepareStableStatements(connection.driver);
}

/** As the server puts it together; its own type leaves the members open. */
const varsSchema = z.object({
  auth: z.object({ role: z.string().nullish(), uid: z.unknown(), jwt: z.unknown() }).nullish(),
  storage: z.object({ operation: z.unknown() }).nullish(),
});

/** Who asks, as the policies read it; without a token nobody in particular. */
function requestIdentity(vars: VarsContext): Settings {
  const { auth, storage } = varsSchema.parse(vars);
  const role = auth?.role || 'anon';
  const claims = auth?.jwt;
  return {
    role,
    'request.jwt.claim.sub': String(auth?.uid ?? ''),
    'request.jwt.claim.role': role,
    'storage.operation': String(storage?.operation ?? ''),
    ...(typeof claims === 'object' && claims !== null && { 'request.jwt.claims': JSON.stringify(claims) }),
  };
}

/** @param settings until the end of the transaction, in this order. */
async function setLocally(db: Kysely<unknown>, settings: Settings): Promise<void> {
  const names = Object.keys(settings);
  const calls = names.map((name, index) => `set_config('${name}', $${index + 1}, true)`);
  await db.executeQuery(CompiledQuery.raw(`select ${calls.join(', ')}`, Object.values(settings)));
}

/** Texts of which there are few: any other would fill the memory of every connection with statements. */
const STABLE = /^select (set_config\(|\* from public\.[a-z_]+\([^)]*\) as "[a-z_]+" limit )/;

/** Every request reserves a connection; there the driver prepares nothing unless it is told to. */
function prepareStableStatements(driver: postgres.Sql): void {
  const reserve = driver.reserve.bind(driver);
  driver.reserve = async () => {
    const reserved = await reserve();
    const { unsafe } = reserved;
    reserved.unsafe = (text, values, options) =>
      unsafe(text, values, STABLE.test(text) ? { ...options, prepare: true } : options);
    return reserved;
  };
}
