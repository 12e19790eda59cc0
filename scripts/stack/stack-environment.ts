import { configVariables, parseConfig } from '@/lib/config';
import { UserError } from '../bootstrap/user-error.mjs';
import type { Environment } from './child-definition';

/** The parts that nothing is configured for, so that their embedded stand-ins are started. */
export type EmbeddedParts = { redis: boolean; supabase: boolean; sandbox: boolean };

// The queues' own variables. Their definitions load every processor's producers, so the worker checks them when it starts.
const QUEUE_VARIABLE = /^(ENABLE_[A-Z]+_WORKER|[A-Z]+_WORKER_(CONCURRENCY|TIMEOUT_MS))$/;

export function embeddedParts(env: Environment): EmbeddedParts {
  return {
    redis: !env.REDIS_URL,
    supabase: !env.SUPABASE_URL,
    sandbox: !env.COMPANIES_HOUSE_API_KEY && !env.COMPANIES_HOUSE_BASE_URL && !env.PROVIDER_SANDBOX_URL,
  };
}

/**
 * The configuration in force: what the person set, and the addresses of the embedded parts.
 * @returns every variable of the product that has a value, but NODE_ENV, which each command has its own of.
 * @throws UserError with every problem at once.
 */
export function stackEnvironment(env: Environment, embedded: Record<string, string>): Record<string, string> {
  const all: Environment = { ...env, ...embedded, NODE_ENV: undefined };
  const parsed = parseConfig(all);
  if (!parsed.ok) {
    const list = parsed.problems.map(({ variable, problem }) => `  ${variable} ${problem}`).join('\n');
    throw new UserError(
      `The configuration has ${parsed.problems.length} problem(s):\n${list}\n.env.example describes every variable.`,
    );
  }
  const names = [...configVariables([]), ...Object.keys(all).filter((name) => QUEUE_VARIABLE.test(name))];
  return Object.fromEntries(names.flatMap((name): [string, string][] => (all[name] ? [[name, all[name]]] : [])));
}
