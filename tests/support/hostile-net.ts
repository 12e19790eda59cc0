import type { LookupAddress, lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, isIP, type Socket } from 'node:net';
import { noMeter } from '@/lib/sources/outbound/call-meter';
import { createOutboundGuard } from '@/lib/sources/outbound/outbound-guard';
import { isPublicIp } from '@/lib/sources/public-address';
import { memoryCache } from '@/lib/sources/source-cache';
import { createWebAccess, type WebAccess, type WebOptions } from '@/lib/sources/web/web-access';

/** Stands for the public internet here; everything else on this machine is what must not be reached. */
const PUBLIC = '127.0.0.2';
const PRIVATE = ['127.0.0.1', '127.0.0.3', '::1'];
const unlimited = { take: async () => undefined, block: async () => undefined };

export type HostileNet = {
  /** Of every server, public and private. */
  port: number;
  /** `http://site.example:<port>`, which is public. */
  site: string;
  /** Paths asked of the public server, robots.txt apart. */
  asked: string[];
  /** Requests and connections that reached a private server: always 0. */
  breaches(): number;
  /** How the public server answers; robots.txt is 404 unless `robots` says otherwise. */
  answerWith(answer: RequestListener, robots?: RequestListener): void;
  /** How the public server answers below HTTP, on connections that are opened from now on. */
  answerRaw(answer: (socket: Socket) => void): Promise<void>;
  /** What names lead to, one list per question; the last one stays. */
  names: Map<string, string[][]>;
  /** How often each name was asked for. */
  lookups: Map<string, number>;
  web(options?: Partial<WebOptions>): WebAccess;
  close(): Promise<void>;
};

/** A public web server, private ones on the same port that nobody may reach, and a name server that can lie. */
export async function openHostileNet(): Promise<HostileNet> {
  const asked: string[] = [];
  const names = new Map<string, string[][]>([['site.example', [[PUBLIC]]]]);
  const lookups = new Map<string, number>();
  const sockets = new Set<Socket>();
  let breaches = 0;
  let answer: RequestListener = (_request, response) => response.end();
  let robots: RequestListener | undefined;
  let raw: ((socket: Socket) => void) | undefined;
  const http = createServer((request, response) => {
    if (request.url === '/robots.txt') return robots ? robots(request, response) : void response.writeHead(404).end();
    asked.push(request.url ?? '');
    answer(request, response);
  });
  const front = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    if (raw === undefined) return void http.emit('connection', socket);
    socket.once('data', (data) => {
      if (data.toString('latin1').startsWith('GET /robots.txt')) {
        return void socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      }
      raw?.(socket);
    });
  });
  const port = await listen(front, PUBLIC, 0);
  const canaries = await Promise.all(PRIVATE.map((address) => openCanary(address, port, () => (breaches += 1))));
  const guard = createOutboundGuard({
    ports: [80, 443, port],
    isAllowed: (ip) => ip === PUBLIC || isPublicIp(ip),
    lookup: nameServer(names, lookups),
  });
  return {
    port,
    site: `http://site.example:${port}`,
    asked,
    names,
    lookups,
    breaches: () => breaches,
    answerWith(listener, ofRobots) {
      asked.length = 0;
      raw = undefined;
      answer = listener;
      robots = ofRobots;
    },
    async answerRaw(listener) {
      raw = listener;
      const closed = [...sockets].map((socket) => once(socket, 'close'));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
    web: (options = {}) =>
      createWebAccess({
        signal: new AbortController().signal,
        now: () => new Date(),
        cache: memoryCache(),
        guard,
        userAgent: 'oppSpot/0.1 (company research; +https://oppspot.example/contact)',
        budgetOf: () => unlimited,
        meter: noMeter(),
        timeoutMs: 1_500,
        ...options,
      }),
    async close() {
      await guard.dispatcher.destroy();
      for (const socket of sockets) socket.destroy();
      await Promise.all([front, ...canaries].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** A machine without IPv6 has nothing there to reach. */
async function openCanary(address: string, port: number, onReached: () => void): Promise<Server> {
  const canary = createServer((_request, response) => response.end('secret'));
  canary.on('connection', onReached);
  await listen(canary, address, port).catch((error: NodeJS.ErrnoException) => {
    if (isIP(address) !== 6) throw error;
  });
  return canary;
}

function listen(server: Server | ReturnType<typeof createTcpServer>, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // The address of a server that listens on TCP is no string.
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function nameServer(names: Map<string, string[][]>, lookups: Map<string, number>): typeof lookup {
  const resolve = (name: string, _options: object, done: (...result: unknown[]) => void) => {
    const answers = names.get(name);
    const count = lookups.get(name) ?? 0;
    lookups.set(name, count + 1);
    const addresses = answers?.[Math.min(count, answers.length - 1)];
    if (addresses === undefined) return done(Object.assign(new Error(`ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), []);
    // A name server that never answers.
    if (addresses[0] === 'silence') return;
    done(
      null,
      addresses.map((address): LookupAddress => ({ address, family: isIP(address) })),
    );
  };
  // Only the one form of the many of `dns.lookup` that the guard uses.
  return resolve as never;
}
