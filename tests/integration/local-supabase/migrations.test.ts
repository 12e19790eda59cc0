import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { startLocalSupabase } from '../../../scripts/local-supabase/start-local-supabase';
import { KEYS, newDataFolder } from './server-process';

describe('the migrations of the local server', () => {
  const { folder: dataDir, remove } = newDataFolder();
  const supabaseDir = mkdtempSync(path.join(os.tmpdir(), 'oppspot-migrations-'));
  const start = () =>
    startLocalSupabase({
      port: 0,
      postgresPort: 0,
      dataDir,
      siteUrl: 'http://127.0.0.1:3000',
      keys: KEYS,
      supabaseDir,
    });
  const write = (name: string, sql: string) => writeFileSync(path.join(supabaseDir, name), sql);

  afterAll(() => {
    remove();
    rmSync(supabaseDir, { recursive: true, force: true });
  });

  test('are applied in order, whole or not at all, and the seed once', async () => {
    mkdirSync(path.join(supabaseDir, 'migrations'));
    write('migrations/20260101000000_first.sql', 'create table public.things (name text primary key);');
    write('migrations/20260101000100_second.sql', "insert into public.things values ('one'); select 1 / 0;");
    write('seed.sql', "insert into public.things values ('seeded');");
    await expect(start()).rejects.toThrow('20260101000100_second.sql failed and left nothing behind: division by zero');

    write('migrations/20260101000100_second.sql', "insert into public.things values ('two');");
    const server = await start();
    expect(server.applied).toBe(1);
    await server.stop();

    const again = await start();
    const sql = postgres(again.databaseUrl, { max: 1 });
    const rows = await sql`select name from public.things order by name`;
    await sql.end();
    await again.stop();
    expect(again.applied).toBe(0);
    expect(rows.map((row) => row.name)).toEqual(['seeded', 'two']);
  });

  test('with a name that does not sort are refused', async () => {
    write('migrations/later.sql', 'select 1;');
    await expect(start()).rejects.toThrow('later.sql is not named like a migration');
  });
});
