import type { Redis } from 'ioredis';
import { singleton } from '@/lib/singleton';

const TICK_MS = 1_000;

/** What was last seen of a connection. `heardAt`: ms, when bytes last arrived. */
type Watch = { limitMs: number; stream: unknown; bytes: number; heardAt: number; asked: boolean; broken: boolean };
type Keeper = { watches: Map<Redis, Watch>; timer: NodeJS.Timeout | null; tickedAt: number };

/**
 * Watches a connection for as long as it is open: asks Redis for a sign of life every second, and cuts a connection on
 * which nothing arrives, so that ioredis opens a new one. A peer that vanished without a word (a machine that lost its
 * power, a firewall that forgot the connection, a Redis that hangs) is otherwise noticed after minutes or never.
 * @param limitMs how long Redis may be silent; longer than any command may block it.
 */
export function keepConnection(client: Redis, limitMs: number): void {
  const keeper = theKeeper();
  keeper.watches.set(client, {
    limitMs,
    stream: null,
    bytes: 0,
    heardAt: Date.now(),
    asked: false,
    broken: false,
  });
  if (keeper.timer) return;
  keeper.tickedAt = Date.now();
  keeper.timer = setInterval(() => tick(keeper), TICK_MS).unref();
}

/** To be called before a connection is closed for good. */
export function releaseConnection(client: Redis): void {
  const keeper = theKeeper();
  keeper.watches.delete(client);
  if (keeper.watches.size > 0 || !keeper.timer) return;
  clearInterval(keeper.timer);
  keeper.timer = null;
}

/** Cuts every watched connection of this process; each is opened again at once. */
export function renewConnections(reason: string): void {
  for (const client of theKeeper().watches.keys()) cut(client, reason);
}

function theKeeper(): Keeper {
  return singleton<Keeper>('redis:keeper', () => ({ watches: new Map(), timer: null, tickedAt: 0 }));
}

function tick(keeper: Keeper): void {
  const now = Date.now();
  // This process itself stood still: what Redis has sent meanwhile is still unread.
  const wasAsleep = now - keeper.tickedAt > 3 * TICK_MS;
  keeper.tickedAt = now;
  for (const [client, watch] of keeper.watches) {
    if (wasAsleep) watch.heardAt = now;
    look(client, watch, now);
  }
}

function look(client: Redis, watch: Watch, now: number): void {
  const { stream, status } = client;
  if (status !== 'ready' && status !== 'connect') return;
  if (status === 'ready' && stream.destroyed) {
    mend(client, watch);
    return;
  }
  watch.broken = false;
  // A command that timed out is no sign of life: only bytes are.
  if (watch.stream !== stream || watch.bytes !== stream.bytesRead) {
    watch.stream = stream;
    watch.bytes = stream.bytesRead;
    watch.heardAt = now;
  }
  if (now - watch.heardAt > watch.limitMs) {
    watch.heardAt = now;
    cut(client, `no answer for ${watch.limitMs} ms`);
  } else if (!watch.asked && status === 'ready') {
    ask(client, watch);
  }
}

/** On a blocking connection the answer stands behind the command that blocks; bytes of any kind are a sign of life. */
function ask(client: Redis, watch: Watch): void {
  watch.asked = true;
  const answered = () => {
    watch.asked = false;
  };
  client.ping().then(answered, answered);
}

/** Ends the socket without waiting for the other side, which may be gone. */
function cut({ stream, status }: Redis, reason: string): void {
  if (status === 'ready' || status === 'connect') stream.destroy(new Error(`Connection is closed: ${reason}`));
}

/** ioredis 5.11 can call itself ready on a socket that died during the handshake; it would stay so for ever. */
function mend(client: Redis, watch: Watch): void {
  if (watch.broken) {
    client.status = 'end';
    client.connect().catch(() => undefined);
  }
  watch.broken = !watch.broken;
}
