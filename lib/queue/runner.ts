import { AppError } from '@/lib/errors';
import type { JobRunner, ProcessorOf, QueueDefinition } from './define-queue';

/**
 * Binds a processor to its queue. The recorded payload is parsed again here: it may have been written by another version.
 * @throws (when run) AppError `invalid_payload`; whatever the processor throws.
 */
export function runnerFor<D extends QueueDefinition>(definition: D, process: ProcessorOf<D>): JobRunner<D> {
  return {
    definition,
    async run(ctx, payload) {
      const parsed = definition.payloadSchema.safeParse(payload);
      if (!parsed.success) throw new AppError('invalid_payload', { cause: parsed.error });
      // The schema of the definition is the one the processor's payload type is inferred from.
      const { result, effects } = await process(ctx, parsed.data as Parameters<ProcessorOf<D>>[1]);
      return { result: definition.resultSchema.parse(result), effects };
    },
  };
}
