import { singleton } from '@/lib/singleton';

type Shutdown = { started: boolean; endings: Set<() => void> };

/**
 * Something that a person waits for on an open connection and that would hold up a deploy.
 * @param end is called when this process is told to stop; at once when it was told already.
 * @returns a function that forgets it.
 */
export function onShutdown(end: () => void): () => void {
  const { started, endings } = shutdown();
  if (started) end();
  else endings.add(end);
  return () => endings.delete(end);
}

/** Ends everything that is waited for; what comes later ends at once. */
export function beginShutdown(): void {
  const state = shutdown();
  state.started = true;
  for (const end of state.endings) end();
  state.endings.clear();
}

// Next loads instrumentation and routes as separate modules: they meet here.
function shutdown(): Shutdown {
  return singleton('http:shutdown', (): Shutdown => ({ started: false, endings: new Set() }));
}
