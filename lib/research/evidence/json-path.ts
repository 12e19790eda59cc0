/** What stands at a path: a present null and a missing member are different answers. */
export type PathResult = { found: true; value: unknown } | { found: false };

const STEP = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^'\\]+)'\]/y;

/**
 * Reads a value by the part of JSONPath (RFC 9535) that evidence locators use: `$`, `.member`, `['member']` and `[index]`.
 * @param path such as `$.accounts.last_accounts.made_up_to` or `$.items[3].appointed_on`.
 */
export function readPath(root: unknown, path: string): PathResult {
  const steps = parsePath(path);
  if (steps === null) return { found: false };
  let value = root;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return { found: false };
    value = Reflect.get(value, step);
  }
  return { found: true, value };
}

function parsePath(path: string): string[] | null {
  if (!path.startsWith('$')) return null;
  const steps: string[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    const step = match?.[1] ?? match?.[2] ?? match?.[3];
    if (step === undefined) return null;
    steps.push(step);
  }
  return steps;
}

/** Every string, number, boolean and null inside a value, in order. */
export function leavesOf(value: unknown): (string | number | boolean | null)[] {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return [value];
  }
  return typeof value === 'object' ? Object.values(value).flatMap(leavesOf) : [];
}

/** The path of the first place where exactly this value stands; null when it stands nowhere. */
export function findPath(root: unknown, value: string, path = '$'): string | null {
  if (root === value) return path;
  if (typeof root !== 'object' || root === null) return null;
  for (const [key, inner] of Object.entries(root)) {
    const found = findPath(inner, value, Array.isArray(root) ? `${path}[${key}]` : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}
