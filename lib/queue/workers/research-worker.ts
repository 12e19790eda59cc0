import { getCompany } from '@/lib/companies/company-repository';
import { AppError } from '@/lib/errors';
import { runResearch } from '@/lib/research/run-research';
import { openModelWriter } from '@/lib/research/writer/model/open-model-writer';
import { scoreCompany } from '@/lib/scoring/score-company';
import { detectSignals } from '@/lib/signals/detect-signals';
import { SOURCE_IDS } from '@/lib/sources/registry';
import type { ProcessorOf } from '../define-queue';
import type { JobContext } from '../job-context';
import { startWorker } from '../process/start-worker';
import { researchQueue } from '../queues/research-queue';
import { runnerFor } from '../runner';

/** The eight-section report, section by section, with what the register says about signals and the score. */
export const processResearch: ProcessorOf<typeof researchQueue> = async (ctx, payload) => {
  const { companyId, reportId } = ctx;
  if (reportId === null) throw new AppError('invalid_payload', { cause: new Error('a research job without a report') });
  readAhead(ctx);
  const { db, jobId, signal } = ctx;
  const [company, writer] = await Promise.all([
    getCompany(db, companyId),
    openModelWriter({ db, signal, reportId, jobId, userId: payload.user_id }),
  ]);
  if (!company) throw new AppError('company_not_found');
  let detection: ReturnType<typeof detectSignals> | undefined;
  // The section on signals and the score look at the same events: they are looked for once.
  const detectOnce = () => {
    detection ??= detectSignals(ctx, { companyNumber: companyId });
    return detection;
  };
  const { document } = await runResearch(
    {
      ...writer,
      signal: ctx.signal,
      now: ctx.now,
      sources: ctx.sources,
      savedSections: ctx.savedSections,
      detectSignals: detectOnce,
      scoreCompany: async () => {
        const { signals } = await detectOnce();
        return scoreCompany(ctx, { companyNumber: companyId, signals });
      },
      onSection: (fragment, step, progress) =>
        ctx.progress({
          step,
          progress,
          section: { id: fragment.section.id, position: step.index, document: fragment },
          isPaidFor: fragment.section.sentences.some((sentence) => sentence.written_by === 'model'),
        }),
    },
    {
      companyId,
      companyName: company.name,
      reportId,
      isDemo: company.is_demo,
      focusAreas: payload.focus_areas,
      userContext: payload.user_context,
    },
  );
  const { status, coverage, confidence, sections_complete, total_sources, generated_at } = document.report;
  return {
    result: { report_id: reportId, status, sections_complete, total_sources, confidence_score: confidence, coverage },
    effects: { report: { document, status, coverage, confidence, sections_complete, total_sources, generated_at } },
  };
};

/** Asks all sources at once, that with the longest chain first; each section then finds its answers there or on their way. */
function readAhead(ctx: JobContext): void {
  for (const source of ['website.pages', ...SOURCE_IDS] as const) {
    // Whoever needs the source meets the failure itself.
    ctx.sources.read(source, { companyNumber: ctx.companyId }).catch(() => undefined);
  }
}

export const researchRunner = runnerFor(researchQueue, processResearch);

/** Starts taking research jobs in this process. @param concurrency jobs at a time; by default as configured. */
export const startResearchWorker = (concurrency?: number) => startWorker(researchRunner, concurrency);
