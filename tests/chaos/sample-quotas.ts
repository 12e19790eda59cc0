import { setTimeout as wait } from 'node:timers/promises';
import type { QuotaSample, RunningEngine } from './engines/engine';

const EVERY_MS = 500;

/** Looks at every user's quota twice a second, as far as the database answers. @returns all samples when it is over. */
export async function sampleQuotas(engine: RunningEngine, over: AbortSignal): Promise<QuotaSample[]> {
  const samples: QuotaSample[] = [];
  while (!over.aborted) {
    samples.push(...(await engine.sampleQuotas().catch(() => [])));
    await wait(EVERY_MS, undefined, { signal: over }).catch(() => undefined);
  }
  return samples;
}
