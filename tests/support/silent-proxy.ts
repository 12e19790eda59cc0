import net from 'node:net';

export type SilentProxy = {
  port: number;
  /** From now on nothing passes in either direction on connections that are open, and none of them is closed. */
  swallow(): void;
  /** How many connections were opened in all. */
  opened(): number;
  close(): Promise<void>;
};

/** A proxy to a port of loopback that can fall silent as a firewall does that forgot its connections. */
export async function startSilentProxy(targetPort: number): Promise<SilentProxy> {
  const pairs = new Set<{ client: net.Socket; server: net.Socket; silent: boolean }>();
  let opened = 0;
  const proxy = net.createServer((client) => {
    opened += 1;
    const server = net.connect(targetPort, '127.0.0.1');
    const pair = { client, server, silent: false };
    pairs.add(pair);
    client.on('data', (data) => pair.silent || server.write(data));
    server.on('data', (data) => pair.silent || client.write(data));
    const end = () => {
      // A silent connection ends on neither side: that is the point.
      if (pair.silent) return;
      client.destroy();
      server.destroy();
      pairs.delete(pair);
    };
    for (const socket of [client, server]) socket.on('close', end).on('error', end);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    swallow: () => {
      for (const pair of pairs) pair.silent = true;
    },
    opened: () => opened,
    close: async () => {
      for (const { client, server } of pairs) {
        client.destroy();
        server.destroy();
      }
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
