import net from 'node:net';
import { UserError } from '../bootstrap/user-error.mjs';

const HIGHEST_PORT = 65_535;
const DEFAULT_TRIES = 50;

/**
 * The port of the web application.
 * @param wanted the text of PORT: a port that has to be free, `0` for any free one, or nothing for the default, which
 *   gives way to the next free one.
 * @throws UserError when the wanted port is not a port or is in use.
 */
export async function chooseWebPort(wanted: string | undefined, fallback: number, host: string): Promise<number> {
  if (!wanted) return nextFreePort(fallback, host);
  const port = Number(wanted);
  if (!Number.isInteger(port) || port < 0 || port > HIGHEST_PORT) {
    throw new UserError(
      `PORT is ${wanted}, which is not a port. Use a number from 1 to ${HIGHEST_PORT}, or 0 for any free one.`,
    );
  }
  if (port === 0) return (await reservePorts({ web: undefined }, host)).web;
  const problem = await portProblem(port, host);
  if (problem === null) return port;
  throw new UserError(
    problem === 'EADDRINUSE'
      ? `Port ${port} is in use by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`
      : `oppSpot cannot listen on ${host}:${port} (${problem}). Change HOST or PORT.`,
  );
}

/**
 * Free ports for the embedded parts.
 * @param remembered the port that each part had last time, taken again when it is still free.
 * @returns one distinct free port per name.
 */
export async function reservePorts<Name extends string>(
  remembered: Record<Name, number | undefined>,
  host = '127.0.0.1',
): Promise<Record<Name, number>> {
  const held: { name: string; port: number; release: () => Promise<void> }[] = [];
  try {
    for (const [name, port] of Object.entries<number | undefined>(remembered)) {
      const again = port === undefined ? null : await holdPort(port, host).catch(() => null);
      held.push({ name, ...(again ?? (await holdPort(0, host))) });
    }
    // The names are those of `remembered`, which Object.entries forgets.
    return Object.fromEntries(held.map(({ name, port }) => [name, port])) as Record<Name, number>;
  } finally {
    await Promise.all(held.map(({ release }) => release()));
  }
}

async function nextFreePort(first: number, host: string): Promise<number> {
  for (let port = first; port < first + DEFAULT_TRIES; port += 1) {
    const problem = await portProblem(port, host);
    if (problem === null) return port;
    if (problem !== 'EADDRINUSE')
      throw new UserError(`oppSpot cannot listen on ${host}:${port} (${problem}). Change HOST.`);
  }
  throw new UserError(`Ports ${first} to ${first + DEFAULT_TRIES - 1} are all in use. Choose one with PORT.`);
}

async function portProblem(port: number, host: string): Promise<string | null> {
  try {
    await (await holdPort(port, host)).release();
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

function holdPort(port: number, host: string): Promise<{ port: number; release: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      resolve({ port: actual, release: () => new Promise((done) => server.close(() => done())) });
    });
  });
}
