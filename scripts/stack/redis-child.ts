import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { RedisProgram } from '../bootstrap/install-redis.mjs';
import type { ChildDefinition, Environment } from './child-definition';

const PROBE_TIMEOUT_MS = 1_000;

type RedisOptions = { program: RedisProgram; folder: string; port: number; password: string; env: Environment };

/** The private Redis of a data folder: on loopback, with a password, an append-only file and no eviction. */
export function redisChild({ program, folder, port, password, env }: RedisOptions): ChildDefinition {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const config = path.join(folder, 'redis.conf');
  const inContainer = program.kind === 'docker';
  fs.writeFileSync(config, redisConfig({ folder: inContainer ? '/data' : folder, port, password, inContainer }), {
    mode: 0o600,
  });
  return {
    name: 'redis',
    label: 'Redis',
    ...(inContainer ? dockerCommand(program, folder, port) : { command: program.path, args: [config] }),
    env,
    ready: { probe: () => redisAnswers({ host: '127.0.0.1', port, password }) },
    readyTimeoutMs: inContainer ? 180_000 : 30_000,
    stopTimeoutMs: 15_000,
  };
}

/** @returns whether a Redis server answers PING there, having loaded its data. */
export function redisAnswers({
  host,
  port,
  password,
}: {
  host: string;
  port: number;
  password?: string;
}): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port });
    let answer = '';
    const end = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(PROBE_TIMEOUT_MS, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('connect', () => socket.write(`${password ? `AUTH ${password}\r\n` : ''}PING\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk;
      if (answer.includes('+PONG')) end(true);
      else if (answer.includes('-LOADING')) end(false);
    });
  });
}

function redisConfig(options: { folder: string; port: number; password: string; inContainer: boolean }): string {
  return [
    `bind ${options.inContainer ? '0.0.0.0' : '127.0.0.1'}`,
    `port ${options.port}`,
    `requirepass ${options.password}`,
    `dir "${options.folder}"`,
    'daemonize no',
    'appendonly yes',
    'appendfsync everysec',
    // Jobs must never be thrown out to make room.
    'maxmemory-policy noeviction',
    '',
  ].join('\n');
}

function dockerCommand({ docker, image }: RedisProgram & { kind: 'docker' }, folder: string, port: number) {
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const place = ['-p', `127.0.0.1:${port}:${port}`, '-v', `${folder}:/data`, '--user', user];
  return { command: docker, args: ['run', '--rm', '--init', ...place, image, 'redis-server', '/data/redis.conf'] };
}
