import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from '@supabase/supabase-js';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { clientOptions } from '@/lib/supabase/client-options';
import { callRpc, unwrap } from '@/lib/supabase/rpc';
import type { Database } from '@/types/database';

const servers: Server[] = [];

/** A client of a data API that answers every call in the given way. */
async function clientOf(listener: RequestListener, timeoutMs = 300) {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return createClient<Database>(url, 'key', clientOptions(timeoutMs));
}

const answering =
  (status: number, body: unknown): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

const quota = (client: Awaited<ReturnType<typeof clientOf>>, options = {}) =>
  callRpc(client, 'get_quota', { p_user_id: null, p_monthly_limit: 5 }, z.object({ used: z.number() }), options);

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('a database function', () => {
  test.each([
    ['40001', 'two transactions met', 'database_unavailable'],
    ['40P01', 'a deadlock', 'database_unavailable'],
    ['55P03', 'a lock that was not free in time', 'database_unavailable'],
    ['57014', 'a statement that took too long', 'database_unavailable'],
    ['57P01', 'a server that stops', 'database_unavailable'],
    ['53300', 'no connection left', 'database_unavailable'],
    ['08006', 'a broken connection', 'database_unavailable'],
    ['23505', 'a broken rule of ours', 'internal'],
    ['42883', 'a function that is not there', 'internal'],
  ])('takes SQLSTATE %s (%s) for %s', async (code, _, expected) => {
    const failure = quota(await clientOf(answering(500, { code, message: 'x', details: null, hint: null })));
    await expect(failure).rejects.toMatchObject({ code: expected });
  });

  test('gives its result in the expected form', async () => {
    await expect(quota(await clientOf(answering(200, { used: 3 })))).resolves.toEqual({ used: 3 });
  });

  test('that answers in an unknown form is an internal failure', async () => {
    await expect(quota(await clientOf(answering(200, { used: 'three' })))).rejects.toMatchObject({ code: 'internal' });
  });

  test('raises our own code with its further members', async () => {
    const raised = { code: 'OP429', message: 'quota_exceeded', details: '{"quota":{"used":5}}', hint: null };
    await expect(quota(await clientOf(answering(400, raised)))).rejects.toMatchObject({
      code: 'quota_exceeded',
      extras: { quota: { used: 5 } },
    });
  });

  test.each([
    [400, { code: '40001', message: 'could not serialize access' }, 'database_unavailable'],
    [500, { code: '57014', message: 'canceling statement due to statement timeout' }, 'database_unavailable'],
    [503, { message: 'starting' }, 'database_unavailable'],
    [401, { code: 'PGRST301', message: 'JWT expired' }, 'unauthenticated'],
    [403, { code: '42501', message: 'permission denied' }, 'internal'],
    [400, { code: 'OP999', message: 'unheard_of' }, 'internal'],
  ])('answered with %i %j is %s', async (status, body, code) => {
    await expect(quota(await clientOf(answering(status, body)))).rejects.toMatchObject({ code });
  });

  test('that does not answer is given up in time', async () => {
    const client = await clientOf(() => undefined);
    const started = performance.now();
    await expect(quota(client)).rejects.toMatchObject({ code: 'database_unavailable' });
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  test('whose answer stops in the middle is given up in time', async () => {
    const client = await clientOf((_request, response) => void response.writeHead(200).write('{"used":'));
    await expect(quota(client)).rejects.toMatchObject({ code: 'database_unavailable' });
  });

  test('that is called off rejects with the reason', async () => {
    const client = await clientOf(() => undefined, 5_000);
    const controller = new AbortController();
    const call = quota(client, { signal: controller.signal });
    controller.abort(new Error('cancelled by the user'));
    await expect(call).rejects.toThrow('cancelled by the user');
  });
});

describe('a table', () => {
  test.each([
    ['is away', (client: Awaited<ReturnType<typeof clientOf>>) => client, answering(503, {})],
    ['does not answer', (client: Awaited<ReturnType<typeof clientOf>>) => client, () => undefined],
  ])('that %s is not read again and again', async (_case, toClient, listener) => {
    let calls = 0;
    const client = toClient(
      await clientOf((request, response) => {
        calls += 1;
        listener(request, response);
      }),
    );
    const result = await client.from('companies').select('id');
    expect(() => unwrap(result)).toThrow(expect.objectContaining({ code: 'database_unavailable' }));
    expect(calls).toBe(1);
  });
});
