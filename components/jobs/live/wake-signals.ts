const TICK_MS = 5_000;
/** A clock that has jumped this far was asleep: connections may be dead without anybody having been told. */
const SLEPT_MS = 10_000;

export type Wake = {
  /** Look now: something may have been missed. */
  onLook: () => void;
  /** As `onLook`, and connections may be dead. */
  onWake: () => void;
};

/**
 * Tells when the page comes back: looked at again, back on the network, back from the browser's page cache, or after the
 * machine slept.
 * @returns a function that ends the watch.
 */
export function watchWake({ onLook, onWake }: Wake): () => void {
  let last = Date.now();
  const tick = () => {
    const gap = Date.now() - last;
    last = Date.now();
    // Timers of a hidden page are slow by intent; when it is shown, that is told by itself.
    if (gap > SLEPT_MS && document.visibilityState === 'visible') onWake();
  };
  const shown = () => {
    last = Date.now();
    if (document.visibilityState === 'visible') onLook();
  };
  const restored = (event: PageTransitionEvent) => {
    if (event.persisted) onWake();
  };
  const timer = setInterval(tick, TICK_MS);
  document.addEventListener('visibilitychange', shown);
  window.addEventListener('online', onWake);
  window.addEventListener('pageshow', restored);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', shown);
    window.removeEventListener('online', onWake);
    window.removeEventListener('pageshow', restored);
  };
}
