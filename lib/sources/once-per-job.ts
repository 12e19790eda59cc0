import type { SourceDefinition, SourceInput } from './define-source';
import type { SourceOutcome } from './source';
import type { WebAccess } from './web/web-access';

/**
 * A source that other sources build on: within one job it is read once, also where it failed, so that nobody is asked twice
 * as often as he may be.
 */
export function oncePerJob<T>({ id, read }: SourceDefinition<T>): SourceDefinition<T> {
  const jobs = new WeakMap<WebAccess, Map<string, Promise<SourceOutcome<T>>>>();
  return {
    id,
    read(ctx, input: SourceInput) {
      const reads = jobs.get(ctx.web) ?? new Map<string, Promise<SourceOutcome<T>>>();
      jobs.set(ctx.web, reads);
      const key = JSON.stringify(input);
      const known = reads.get(key);
      // Looking among what is kept is no reading: whoever asks afterwards still has to.
      if (ctx.keptOnly === true) return known ?? read(ctx, input);
      const begun = known ?? read(ctx, input);
      reads.set(key, begun);
      begun.catch(() => reads.delete(key));
      return begun;
    },
  };
}
