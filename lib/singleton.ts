// The one member of globalThis that is ours; its type cannot be declared without naming it for the whole program.
const scope = globalThis as { __oppspot?: Map<string, unknown> };
scope.__oppspot ??= new Map();
const store = scope.__oppspot;

/**
 * A process-wide object that survives development reloads and Next's separate module instances
 * (Next 16 loads routes, instrumentation and proxy as separate module graphs in one process: only globalThis is shared).
 */
export function singleton<T>(name: string, create: () => T): T {
  if (!store.has(name)) store.set(name, create());
  // The store is untyped by nature: a name is only ever used with one type.
  return store.get(name) as T;
}

/** Forgets a singleton so that the next call creates it anew; for connections that were closed. */
export function forgetSingleton(name: string): void {
  store.delete(name);
}
