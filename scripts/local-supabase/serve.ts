import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createAdmission } from './admission';
import type { Router } from './router';

export type DrainingServer = {
  port: number;
  /** Starts answering; until then every request gets 503. */
  open: (router: Router) => void;
  /** Stops listening and resolves when the requests under way have been answered, at the latest after 8 s. */
  close: () => Promise<void>;
};

const DRAIN_LIMIT_MS = 8_000;
/** Requests that are worked on at a time: enough to keep every connection to Postgres busy. */
const PLACES = 20;
/** Nobody reads it: the caller has left. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Listens on loopback.
 * @param port 0 takes a free one.
 * @throws Error when the port is taken.
 */
export async function listen(port: number): Promise<DrainingServer> {
  let router: Router = async () => Response.json({ message: 'Starting' }, { status: 503 });
  let inFlight = 0;
  const admission = createAdmission(PLACES);
  const listener = getRequestListener(async (request, environment) => {
    inFlight += 1;
    const leave = await admission.enter(request.signal);
    try {
      if (leave === null) return new Response(null, { status: CLIENT_CLOSED_REQUEST });
      const socket = 'incoming' in environment ? environment.incoming.socket : null;
      return await router(request, { peerAddress: socket?.remoteAddress ?? null });
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      return Response.json({ code: 500, error_code: 'unexpected_failure', msg: 'Unexpected failure' }, { status: 500 });
    } finally {
      leave?.();
      inFlight -= 1;
    }
  });
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cause.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use by another program.`, { cause }) : cause);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    open: (next) => {
      router = next;
    },
    close: async () => {
      server.close();
      server.closeIdleConnections();
      const limit = Date.now() + DRAIN_LIMIT_MS;
      while (inFlight > 0 && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, 20));
      server.closeAllConnections();
    },
  };
}
