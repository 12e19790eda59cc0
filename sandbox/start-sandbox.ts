import { serve } from '@hono/node-server';
import { createSandbox, type SandboxOptions } from './create-sandbox';

export type RunningSandbox = { url: string; port: number; close(): Promise<void> };

/**
 * Serves a sandbox on the loopback address.
 * @param options.port a free one when absent or 0.
 */
export function startSandbox(options: SandboxOptions & { port?: number } = {}): Promise<RunningSandbox> {
  return new Promise((resolve, reject) => {
    const listener = { fetch: createSandbox(options).fetch, hostname: '127.0.0.1', port: options.port ?? 0 };
    const server = serve(listener, ({ port }) => {
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve({ url: `http://127.0.0.1:${port}`, port, close });
    });
    server.on('error', reject);
  });
}
