import { UserError } from '../bootstrap/user-error.mjs';
import type { Environment } from './child-definition';
import { DEMO_USER } from './demo-users';
import { chooseWebPort, reservePorts } from './ports';
import { type ProcessCounts, processCounts, processNames } from './process-counts';
import { loadSecrets, type StackSecrets } from './secrets';
import { type EmbeddedParts, embeddedParts } from './stack-environment';

const DEFAULT_PORT = 3_000;
const DEFAULT_HOST = '127.0.0.1';

export type EmbeddedPorts = { redis: number; supabase: number; postgres: number; sandbox: number };

/** What is going to run, and where. */
export type StackPlan = {
  parts: EmbeddedParts;
  ports: EmbeddedPorts;
  secrets: StackSecrets;
  counts: ProcessCounts;
  /**
   * `url` is the address for people, `localUrl` the one that this machine can always ask. `processes` has the port and
   * local address of every web process by its name, the first one's being `port`.
   */
  web: { host: string; port: number; url: string; localUrl: string; processes: Record<string, WebPlace> };
};
export type WebPlace = { port: number; localUrl: string };

/**
 * Decides what runs embedded and on which ports; the ports of the last start are taken again where they are free.
 * @param lastPorts by part, from the last start.
 * @throws UserError when the wanted web port is in use or a setting makes no sense.
 */
export async function planStack(
  folder: string,
  env: Environment,
  lastPorts: Record<string, number>,
): Promise<StackPlan> {
  const host = env.HOST || DEFAULT_HOST;
  const counts = processCounts(env);
  const port = await chooseWebPort(env.PORT, DEFAULT_PORT, host);
  const localUrl = toLocalUrl(host, port);
  const { redis, supabase, postgres, sandbox } = lastPorts;
  const parts = embeddedParts(env);
  if (parts.supabase && (env.SUPABASE_SECRET_KEY || env.SUPABASE_PUBLISHABLE_KEY)) {
    throw new UserError(
      'Supabase keys are set, but SUPABASE_URL is not. Set all three, or none to use the embedded server.',
    );
  }
  return {
    parts,
    counts,
    ports: await reservePorts({ redis, supabase, postgres, sandbox }),
    secrets: loadSecrets(folder),
    web: {
      host,
      port,
      url: env.APP_URL || localUrl,
      localUrl,
      processes: await placeWebs(host, port, counts.webs, lastPorts),
    },
  };
}

async function placeWebs(
  host: string,
  firstPort: number,
  webs: number,
  lastPorts: Record<string, number>,
): Promise<Record<string, WebPlace>> {
  const [first = 'web', ...others] = processNames('web', webs);
  const ports = await reservePorts(Object.fromEntries(others.map((name) => [name, lastPorts[name]])), host);
  const places = Object.entries({ [first]: firstPort, ...ports });
  return Object.fromEntries(places.map(([name, port]) => [name, { port, localUrl: toLocalUrl(host, port) }]));
}

function toLocalUrl(host: string, port: number): string {
  return `http://${reachableHost(host)}:${port}`;
}

/** @returns the variables that make the product use the embedded parts of the plan. */
export function embeddedVariables({ parts, ports, secrets, web }: StackPlan): Record<string, string> {
  const ofSupabase = {
    SUPABASE_URL: `http://127.0.0.1:${ports.supabase}`,
    SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
    SUPABASE_SECRET_KEY: secrets.secretKey,
    SUPABASE_JWT_SECRET: secrets.jwtSecret,
    EMBEDDED_DEMO_EMAIL: DEMO_USER.email,
    EMBEDDED_DEMO_PASSWORD: DEMO_USER.password,
  };
  const ofSandbox = {
    PROVIDER_SANDBOX_URL: `http://127.0.0.1:${ports.sandbox}`,
    SANDBOX_PACE_MS: '1',
    COMPANIES_HOUSE_BASE_URL: `http://127.0.0.1:${ports.sandbox}/companies-house`,
    // The sandbox asks for a key as the provider does, and accepts any.
    COMPANIES_HOUSE_API_KEY: 'sandbox',
  };
  return {
    APP_URL: web.url,
    ...(parts.redis ? { REDIS_URL: `redis://:${secrets.redisPassword}@127.0.0.1:${ports.redis}` } : {}),
    ...(parts.supabase ? ofSupabase : {}),
    ...(parts.sandbox ? ofSandbox : {}),
  };
}

/** An address that stands for every interface can be listened on, but not asked. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return DEFAULT_HOST;
  return host.includes(':') ? `[${host}]` : host;
}
