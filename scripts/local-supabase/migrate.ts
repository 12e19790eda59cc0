import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { App } from '@supabase/lite';
import postgres from 'postgres';
import { hardenedConnection } from './hardened-connection';
import type { LiteSettings } from './lite-settings';

/** @supabase/lite's auth.email() reads a setting that nothing sets, so it would always be null. */
const AUTH_EMAIL = `create or replace function auth.email() returns text language sql stable as
  $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email' $$`;

/**
 * Brings the database to the state of the `supabase/` folder: platform objects, auth schema, pending migrations, seed.
 * @param supabaseDir folder with `migrations/*.sql` and `seed.sql`.
 * @returns the number of migrations applied now.
 * @throws Error naming the file whose SQL failed; that file left nothing behind.
 */
export async function migrate(databaseUrl: string, settings: LiteSettings, supabaseDir: string): Promise<number> {
  // One connection: a transaction sent over a pool is spread over several sessions and is then not atomic.
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(readFileSync(new URL('./bootstrap.sql', import.meta.url), 'utf8')).simple();
    await ensureAuthSchema(databaseUrl, settings);
    await sql.unsafe(AUTH_EMAIL);
    const applied = await applyMigrations(sql, path.join(supabaseDir, 'migrations'));
    await applySeed(sql, path.join(supabaseDir, 'seed.sql'));
    return applied;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function ensureAuthSchema(databaseUrl: string, settings: LiteSettings): Promise<void> {
  const connection = hardenedConnection({ databaseUrl, max: 1 });
  try {
    const app = await new App({ ...settings, connection }).init();
    await app.ensureSystemSchema();
  } finally {
    await connection.close();
  }
}

async function applyMigrations(sql: postgres.Sql, folder: string): Promise<number> {
  const rows = await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`;
  const done = new Set(rows.map((row) => row.version));
  const pending = migrationFiles(folder).filter((file) => !done.has(file.slice(0, 14)));
  for (const file of pending) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const name = file.slice(15, -'.sql'.length);
    await inTransaction(sql, file, async (transaction) => {
      await transaction.unsafe(text).simple();
      await transaction`insert into supabase_migrations.schema_migrations (version, name, statements)
        values (${file.slice(0, 14)}, ${name}, ${[text]})`;
    });
  }
  return pending.length;
}

function migrationFiles(folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.sql')) : [];
  const misnamed = files.find((file) => !/^\d{14}_.+\.sql$/.test(file));
  if (misnamed) throw new Error(`${misnamed} is not named like a migration: 14 digits, an underscore, a name, .sql`);
  return files.sort();
}

/** Runs the seed once per database, like the CLI does; a seed that changed later is not run again. */
async function applySeed(sql: postgres.Sql, file: string): Promise<void> {
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  const key = 'supabase/seed.sql';
  const [done] = await sql`select 1 from supabase_migrations.seed_files where path = ${key}`;
  if (done) return;
  await inTransaction(sql, file, async (transaction) => {
    await transaction.unsafe(text).simple();
    const hash = createHash('sha256').update(text).digest('hex');
    await transaction`insert into supabase_migrations.seed_files (path, hash) values (${key}, ${hash})`;
  });
}

async function inTransaction(
  sql: postgres.Sql,
  file: string,
  work: (transaction: postgres.TransactionSql) => Promise<void>,
): Promise<void> {
  try {
    await sql.begin(work);
  } catch (cause) {
    throw new Error(`${path.basename(file)} failed and left nothing behind: ${explain(cause)}`, { cause });
  }
}

function explain(error: unknown): string {
  if (!(error instanceof postgres.PostgresError)) return error instanceof Error ? error.message : String(error);
  return [error.message, error.detail, error.hint, error.where].filter(Boolean).join(' | ');
}
