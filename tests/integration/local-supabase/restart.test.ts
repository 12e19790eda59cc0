import { createConnection } from 'node:net';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KEYS, newDataFolder, type ServerProcess, startServerProcess, stopServerProcess } from './server-process';

const headers = {
  apikey: KEYS.secretKey,
  authorization: `Bearer ${KEYS.secretKey}`,
  'content-type': 'application/json',
};

async function createUser(server: ServerProcess, email: string): Promise<number> {
  const body = JSON.stringify({ email, password: 'a password', email_confirm: true });
  return (await fetch(`${server.url}/auth/v1/admin/users`, { method: 'POST', headers, body })).status;
}

async function emails(server: ServerProcess): Promise<string[]> {
  const response = await fetch(`${server.url}/rest/v1/profiles?select=email&order=email`, { headers });
  const rows: { email: string }[] = await response.json();
  return rows.map((row) => row.email);
}

async function postmasterPid(server: ServerProcess): Promise<number> {
  const sql = postgres(server.databaseUrl, { max: 1 });
  const [row] = await sql<{ file: string }[]>`select pg_read_file('postmaster.pid') as file`;
  await sql.end();
  return Number(row?.file.split('\n')[0]);
}

/** Whether anything listens at the address of a database. */
function listens(databaseUrl: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(databaseUrl).port) });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

describe('the local Supabase server', () => {
  const { folder, remove } = newDataFolder();
  let server: ServerProcess;

  beforeAll(async () => {
    server = await startServerProcess(folder);
  });
  afterAll(async () => {
    await stopServerProcess(server);
    remove();
  });

  test('applies the migrations at the first start and none at the next, and keeps its data', async () => {
    expect(server.applied).toBeGreaterThan(0);
    expect(await createUser(server, 'a@example.com')).toBe(200);
    expect(await stopServerProcess(server)).toBe(0);
    expect(await listens(server.databaseUrl)).toBe(false);

    server = await startServerProcess(folder);
    expect(server.applied).toBe(0);
    expect(await emails(server)).toEqual(['a@example.com']);
  });

  test('refuses a second server on the same folder and says who has it', async () => {
    await expect(startServerProcess(folder)).rejects.toThrow(
      `is in use by the local Supabase server with process id ${server.pid}`,
    );
    expect(await emails(server)).toEqual(['a@example.com']);
  });

  test('comes back after kill -9 with everything it had confirmed, and leaves no database behind', async () => {
    expect(await createUser(server, 'b@example.com')).toBe(200);
    server.child.kill('SIGKILL');
    await server.ended;
    const killed = server;

    server = await startServerProcess(folder);
    expect(await emails(server)).toEqual(['a@example.com', 'b@example.com']);
    await expect.poll(() => listens(killed.databaseUrl), { timeout: 10_000 }).toBe(false);
  });

  test('shuts its database down when it is killed and never started again', async () => {
    server.child.kill('SIGKILL');
    await server.ended;
    await expect.poll(() => listens(server.databaseUrl), { timeout: 10_000 }).toBe(false);
    server = await startServerProcess(folder);
  });

  test('comes back when its database was killed with it', async () => {
    const postmaster = await postmasterPid(server);
    server.child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await server.ended;

    server = await startServerProcess(folder);
    expect(await emails(server)).toEqual(['a@example.com', 'b@example.com']);
  });

  test('ends when its database alone was killed, so that whoever supervises it can start both again', async () => {
    process.kill(await postmasterPid(server), 'SIGKILL');
    expect(await server.ended).toBe(1);
    server = await startServerProcess(folder);
    expect(await emails(server)).toEqual(['a@example.com', 'b@example.com']);
  });
});
