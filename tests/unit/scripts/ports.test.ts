import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { chooseWebPort, reservePorts } from '../../../scripts/stack/ports';

const HOST = '127.0.0.1';

describe('ports', () => {
  const servers: net.Server[] = [];
  const occupy = () =>
    new Promise<number>((resolve) => {
      const server = net.createServer().listen(0, HOST, () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
      servers.push(server);
    });
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('of the web application: a wanted port that is in use is an error that names another', async () => {
    const busy = await occupy();
    await expect(chooseWebPort(String(busy), 3_000, HOST)).rejects.toThrow(`Port ${busy} is in use`);
  });

  it('of the web application: the default gives way to the next free one', async () => {
    const busy = await occupy();
    expect(await chooseWebPort(undefined, busy, HOST)).toBeGreaterThan(busy);
    expect(await chooseWebPort('', busy, HOST)).toBeGreaterThan(busy);
  });

  it('of the web application: 0 takes any free one, and nonsense is refused', async () => {
    expect(await chooseWebPort('0', 3_000, HOST)).toBeGreaterThan(0);
    for (const wanted of ['http', '70000', '-1', '80.5']) {
      await expect(chooseWebPort(wanted, 3_000, HOST)).rejects.toThrow('is not a port');
    }
  });

  it('of the web application: an address that is not of this machine is named', async () => {
    await expect(chooseWebPort(undefined, 3_000, '192.0.2.1')).rejects.toThrow(
      'cannot listen on 192.0.2.1:3000 (EADDRNOTAVAIL)',
    );
  });

  it('of the embedded parts are those of the last time while they are free, and never the same twice', async () => {
    const busy = await occupy();
    const first = await reservePorts({ redis: undefined, supabase: undefined, postgres: busy });
    expect(new Set(Object.values(first)).size).toBe(3);
    expect(first.postgres).not.toBe(busy);
    expect(await reservePorts({ ...first })).toEqual(first);
  });
});
