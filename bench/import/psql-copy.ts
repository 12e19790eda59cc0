import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { COLUMNS } from './synthetic-file';

const run = promisify(execFile);

/** @returns the version of psql on this machine, or null where there is none. */
export async function psqlVersion(): Promise<string | null> {
  try {
    return (await run('psql', ['--version'])).stdout.trim();
  } catch {
    return null;
  }
}

/**
 * Loads the file as psql alone does: `\copy` into a table of texts, one column for each of the file, without indexes.
 * @returns seconds of the copy; making and dropping the table does not count.
 */
export async function copyWithPsql(databaseUrl: string, file: string): Promise<number> {
  const columns = COLUMNS.map((_, index) => `c${index} text`).join(', ');
  await psql(databaseUrl, `drop table if exists bench_copy; create table bench_copy (${columns})`);
  const started = performance.now();
  await psql(databaseUrl, `\\copy bench_copy from '${file.replaceAll("'", "''")}' with (format csv, header true)`);
  const seconds = (performance.now() - started) / 1000;
  await psql(databaseUrl, 'drop table bench_copy');
  return seconds;
}

function psql(databaseUrl: string, command: string) {
  return run('psql', [
    '--no-psqlrc',
    '--quiet',
    '--set=ON_ERROR_STOP=1',
    '--dbname',
    databaseUrl,
    '--command',
    command,
  ]);
}
