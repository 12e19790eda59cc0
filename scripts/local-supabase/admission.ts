export type Admission = {
  /**
   * Waits for a place.
   * @returns gives the place back; null when the caller has left meanwhile, so that there is nothing to do.
   */
  enter(left: AbortSignal): Promise<(() => void) | null>;
};

/**
 * Lets so many requests in at a time, in order of arrival. Whoever has given up waiting is passed over: a server that
 * works off requests nobody waits for any more stays behind for as long as its clients try again.
 */
export function createAdmission(places: number): Admission {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const release = () => {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  };
  return {
    async enter(left) {
      if (taken < places) taken += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      if (!left.aborted) return release;
      release();
      return null;
    },
  };
}
