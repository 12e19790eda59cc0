import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';

const MIGRATIONS = new URL('../../supabase/migrations/', import.meta.url);
const SEED = new URL('../../supabase/seed.sql', import.meta.url);
const BASELINE = new URL('./hosted-baseline.sql', import.meta.url);

export type ScratchDatabase = {
  url: string;
  /** Ten connections as the server's superuser; use `asRole` to act as somebody else. */
  sql: postgres.Sql;
  close(): Promise<void>;
};

/**
 * A database of its own on the server of DATABASE_URL, with what hosted Supabase has and our migrations on top, applied
 * by a role that is not superuser, as on hosted Supabase. Nothing else works on it, unlike on the stack's own database.
 */
export async function createScratchDatabase(): Promise<ScratchDatabase> {
  const server = process.env.DATABASE_URL;
  if (!server) throw new Error('DATABASE_URL is not set');
  const name = `scratch_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;

  await onServer(server, `create database ${name}`);
  await migrate(url.href);
  const sql = postgres(url.href, { max: 10, onnotice: () => undefined });
  return {
    url: url.href,
    sql,
    close: async () => {
      await sql.end({ timeout: 5 });
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql.unsafe(statement);
  await sql.end({ timeout: 5 });
}

async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql.unsafe(readFileSync(BASELINE, 'utf8')).simple();
  await sql.unsafe('set role hosted_owner');
  const files = readdirSync(fileURLToPath(MIGRATIONS)).filter((file) => file.endsWith('.sql'));
  for (const file of files.sort()) await sql.unsafe(readFileSync(new URL(file, MIGRATIONS), 'utf8')).simple();
  await sql.unsafe(readFileSync(SEED, 'utf8')).simple();
  await sql.end({ timeout: 5 });
}
