import { enrichCompany } from '@/lib/enrichment/enrich-company';
import type { ProcessorOf } from '../define-queue';
import { startWorker } from '../process/start-worker';
import { enrichmentQueue } from '../queues/enrichment-queue';
import { runnerFor } from '../runner';

/** Fills a company's fields, each with where it comes from. */
export const processEnrichment: ProcessorOf<typeof enrichmentQueue> = async (ctx, payload) => {
  await ctx.progress({ step: { name: 'sources', label: 'Reading the registers', index: 1, total: 1 }, progress: 10 });
  return enrichCompany(ctx, { companyNumber: ctx.companyId, sources: payload.sources });
};

export const enrichmentRunner = runnerFor(enrichmentQueue, processEnrichment);

/** Starts taking enrichment jobs in this process. @param concurrency jobs at a time; by default as configured. */
export const startEnrichmentWorker = (concurrency?: number) => startWorker(enrichmentRunner, concurrency);
