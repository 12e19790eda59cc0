import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from '@supabase/lite';
import { startEmbeddedPostgres } from './embedded-postgres';
import { lockFolder } from './folder-lock';
import { hardenedConnection } from './hardened-connection';
import { type LocalKeys, liteSettings } from './lite-settings';
import { recordingMailer } from './mailbox';
import { migrate } from './migrate';
import { createRouter, MAILBOX_PATH } from './router';
import { listen } from './serve';

export type LocalSupabaseOptions = {
  /** Port of the API; 0 takes a free one. */
  port: number;
  /** Port of Postgres; 0 takes a free one. */
  postgresPort: number;
  /** Data folder; the cluster is kept in its `postgres` folder. */
  dataDir: string;
  /** Address of the web application, used in mails. */
  siteUrl: string;
  keys: LocalKeys;
  /** The project's `supabase` folder; another one in tests of the runner itself. */
  supabaseDir?: string;
};

export type LocalSupabase = {
  url: string;
  databaseUrl: string;
  /** Answers the recorded mails to the secret key: EMBEDDED_MAILBOX_URL. */
  mailboxUrl: string;
  /** Migrations applied at this start. */
  applied: number;
  /** Resolves when Postgres has ended by itself or was killed. */
  lost: Promise<void>;
  stop: () => Promise<void>;
};

/** Connections of the API to Postgres; more do not help on a small machine. */
const POOL_SIZE = 10;
const PROJECT_SUPABASE = fileURLToPath(new URL('../../supabase', import.meta.url));

/**
 * Starts a Supabase-compatible server (data API, auth, mail box) over an embedded Postgres 17, on loopback only.
 * For development, demonstrations and tests; production uses a real Supabase project.
 * @throws Error in plain words when a port is taken, the folder is in use, or a migration fails.
 */
export async function startLocalSupabase(options: LocalSupabaseOptions): Promise<LocalSupabase> {
  const dataDir = path.resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true });
  // Undone in reverse: requests drain, the pool closes, Postgres stops; any other order hangs or crashes the driver.
  const undo: Undo[] = [lockFolder(dataDir)];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await startParts(options, dataDir, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Undo = () => void | Promise<void>;

async function startParts(options: LocalSupabaseOptions, dataDir: string, undo: Undo[]) {
  const { keys, siteUrl, supabaseDir = PROJECT_SUPABASE } = options;
  const { databaseUrl, stop, lost } = await startEmbeddedPostgres({ dataDir, port: options.postgresPort });
  undo.push(stop);
  const connection = hardenedConnection({ databaseUrl, max: POOL_SIZE });
  const sql = connection.driver;
  undo.push(() => sql.end({ timeout: 3 }));
  const settings = liteSettings({ siteUrl, keys, supabaseDir, mailer: recordingMailer(sql) });
  const applied = await migrate(databaseUrl, settings, supabaseDir);
  const app = await new App({ ...settings, connection }).init();
  // The schema is read once, before the first request: parallel first requests would each read it again.
  await connection.introspect();
  const server = await listen(options.port);
  undo.push(server.close);
  const url = `http://127.0.0.1:${server.port}`;
  server.open(createRouter({ app, sql, keys, issuer: `${url}/auth/v1` }));
  return { url, databaseUrl, mailboxUrl: `${url}${MAILBOX_PATH}`, applied, lost };
}
