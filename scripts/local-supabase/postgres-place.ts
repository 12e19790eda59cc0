import { createHash, randomBytes } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Account, canEnter, canExecute } from './unprivileged-account';

const recordSchema = z.object({ folder: z.string().min(1), password: z.string().min(1) });

/** Where the cluster lives. `folder` belongs to the account and holds `data/`, `server.log` and, if need be, `native/`. */
export type PostgresPlace = z.infer<typeof recordSchema>;

/** Folder for clusters whose data folder the Postgres account cannot reach; only root ever needs it. */
const SYSTEM_FOLDER = '/var/lib/oppspot';

/**
 * Finds or chooses the home of the cluster that belongs to a data folder, and remembers it in `<data dir>/postgres.json`.
 * It is `<data dir>/postgres`, unless Postgres runs as another account that cannot enter the data folder (a clone under
 * /root): then it is a private folder under /var/lib/oppspot, named after the data folder.
 * @param dataDir absolute path, created when missing.
 */
export function postgresPlace(dataDir: string, account: Account): PostgresPlace {
  mkdirSync(dataDir, { recursive: true });
  const recordFile = path.join(dataDir, 'postgres.json');
  if (existsSync(recordFile)) {
    const place = recordSchema.parse(JSON.parse(readFileSync(recordFile, 'utf8')));
    makePrivate(place.folder, account);
    return place;
  }
  const inside = path.join(dataDir, 'postgres');
  if (existsSync(path.join(inside, 'data'))) {
    throw new Error(
      `${recordFile} is missing, so the password of the database in ${inside} is lost: remove that folder.`,
    );
  }
  const reachable = canEnter(account, dataDir);
  const folder = reachable ? inside : path.join(SYSTEM_FOLDER, shortHash(dataDir));
  // Without a record this data folder is new (or was reset): what an earlier one left in the system folder is stale.
  if (!reachable) rmSync(folder, { recursive: true, force: true });
  makePrivate(folder, account);
  const place = { folder, password: randomBytes(18).toString('base64url') };
  writeFileSync(`${recordFile}.new`, `${JSON.stringify(place)}\n`, { mode: 0o600 });
  renameSync(`${recordFile}.new`, recordFile);
  return place;
}

/**
 * The folder with Postgres' programs, executable by the account: the installed package, or a copy of it in the
 * cluster's home when the account cannot reach the package.
 * @param native the package's folder with `bin`, `lib` and `share`.
 */
export function reachableNative(native: string, version: string, place: PostgresPlace, account: Account): string {
  if (canExecute(account, path.join(native, 'bin', 'postgres'))) return native;
  const copy = path.join(place.folder, `native-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.new-${process.pid}`;
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  if (canExecute(account, path.join(copy, 'bin', 'postgres'))) return copy;
  throw new Error(`The account ${account.name} can start Postgres neither from ${native} nor from ${copy}.`);
}

function makePrivate(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: account.uid === undefined ? 0o700 : 0o755 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
