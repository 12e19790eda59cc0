import { z } from 'zod';

/** A disturbance of the answers to matching requests. */
export const faultSchema = z.object({
  /** Such as `companies-house`; every provider when absent. */
  provider: z.string().optional(),
  // Request path within the provider, `*` for any characters, such as `/company/*/officers`. Every path when absent.
  path: z.string().optional(),
  kind: z.enum([
    'status',
    'html',
    'slow',
    'hang',
    'reset',
    'truncated',
    'malformed',
    'empty',
    'wrong_shape',
    'content_type',
    'rate_limited',
    'redirect',
    'cut_off',
    'endless',
    'drip',
    'bomb',
    'failure_in_success',
  ]),
  /** For `status` and `html`. */
  status: z.number().int().min(200).max(599).optional(),
  /** For `slow`: how long the answer is held back. For `drip`: the time between two bytes. */
  delay_ms: z.number().int().min(0).max(600_000).default(1_000),
  /** For `rate_limited`: seconds until the provider takes requests again. */
  reset_in_seconds: z.number().int().min(0).max(3_600).default(60),
  /** For `redirect`. */
  location: z.string().default('http://169.254.169.254/latest/meta-data/'),
  /** How many requests are disturbed; all until removed when absent. */
  count: z.number().int().min(1).optional(),
});
export const faultsSchema = z.union([faultSchema.transform((fault) => [fault]), z.array(faultSchema)]);

export type Fault = z.infer<typeof faultSchema>;

export type Faults = {
  add(faults: readonly Fault[]): void;
  list(): readonly Fault[];
  clear(): void;
  /** The first fault that matches a request; uses up one of its count. */
  take(provider: string, path: string): Fault | null;
};

/** The disturbances that are switched on, oldest first. */
export function createFaults(initial: readonly Fault[] = []): Faults {
  let active = [...initial];
  return {
    add(faults) {
      active.push(...faults);
    },
    list: () => active,
    clear() {
      active = [];
    },
    take(provider, path) {
      const fault = active.find((candidate) => matches(candidate, provider, path));
      if (fault === undefined) return null;
      if (fault.count !== undefined) {
        const left = { ...fault, count: fault.count - 1 };
        active = active.flatMap((other) => (other !== fault ? [other] : left.count > 0 ? [left] : []));
      }
      return fault;
    },
  };
}

function matches(fault: Fault, provider: string, path: string): boolean {
  if (fault.provider !== undefined && fault.provider !== provider) return false;
  if (fault.path === undefined) return true;
  const parts = fault.path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(path);
}
