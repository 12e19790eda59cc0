import http from 'node:http';
import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { cutStuckStreams } from '@/lib/http/cut-stuck-streams';

const SILENT_MS = 300;
const PIECE = Buffer.alloc(64 * 1_024);

const open: { client: net.Socket; server: http.Server }[] = [];
afterEach(() => {
  for (const { client, server } of open.splice(0)) {
    client.destroy();
    server.close();
  }
});

cutStuckStreams(SILENT_MS);

/** Writes until the reader's side is full, and then waits for it, as Next does. */
async function openUnread(path: string): Promise<{ isCut: () => boolean }> {
  let cut = false;
  const server = http.createServer();
  const started = new Promise<void>((resolve) => {
    server.on('request', (_request, response: http.ServerResponse) => {
      response.once('close', () => {
        cut = true;
      });
      while (response.write(PIECE));
      resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const client = net.connect(port, '127.0.0.1').pause();
  open.push({ client, server });
  client.on('error', () => undefined);
  client.write(`GET ${path} HTTP/1.1\r\nhost: here\r\n\r\n`);
  await started;
  return { isCut: () => cut };
}

it('cuts an event stream whose reader takes nothing', async () => {
  const stream = await openUnread('/api/jobs/research:00000006:1/events');
  await expect.poll(stream.isCut, { timeout: 5_000 }).toBe(true);
});

it('leaves every other slow answer alone', async () => {
  const other = await openUnread('/api/reports/1/export');
  const stream = await openUnread('/api/jobs/research%3A00000006%3A1/events?x=1');
  await expect.poll(stream.isCut, { timeout: 5_000 }).toBe(true);
  expect(other.isCut()).toBe(false);
});
