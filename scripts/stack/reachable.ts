import net from 'node:net';
import { UserError } from '../bootstrap/user-error.mjs';

const TIMEOUT_MS = 5_000;
const DEFAULT_PORTS: Record<string, number> = { 'redis:': 6_379, 'rediss:': 6_379, 'http:': 80, 'https:': 443 };

/**
 * Checks that something listens at a configured address, so that a wrong one is told at once rather than job by job.
 * @param variable the variable that the address comes from, for the message.
 * @throws UserError when nothing does.
 */
export async function requireReachable(variable: string, address: string): Promise<void> {
  const { hostname, port, protocol } = new URL(address);
  const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (DEFAULT_PORTS[protocol] ?? 80) };
  const problem = await connectionProblem(target);
  if (problem === null) return;
  throw new UserError(
    `${variable} is set, but nothing answers at ${target.host}:${target.port} (${problem}).\n` +
      `Start that server, correct the address, or unset ${variable} to use the embedded one.`,
  );
}

function connectionProblem(target: { host: string; port: number }): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = net.connect(target);
    const end = (problem: string | null) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(TIMEOUT_MS, () => end(`no answer within ${TIMEOUT_MS / 1_000} s`));
    socket.once('connect', () => end(null));
    socket.once('error', (error) => end('code' in error ? String(error.code) : error.message));
  });
}
