import { logger } from '@/lib/logger';
import type { JobStep } from '@/lib/queue/job-context';
import { assembleDocument } from './assemble-document';
import { buildSection } from './build-section';
import type { Violation } from './checks/document-index';
import type { ResearchContext, ResearchInput } from './context';
import { createEvidenceBook } from './evidence/evidence-book';
import { reusableSections } from './saved-sections';
import type { ReportDocument } from './schema';
import { SECTIONS } from './sections';

export type { ResearchContext, ResearchInput } from './context';

/** Saving the finished report is the last step of the job, not of the research. */
const SAVING_PROGRESS = 95;

/**
 * Researches a company: evidence, then statements, then sections, then sentences. Sections that an earlier attempt
 * saved are used again; the others are built and reported one by one. A source that fails leaves gaps, not an error.
 * The same answers at the same time give the same document, byte for byte.
 * @throws the reason of `ctx.signal` when the job is stopped; AppError `provider_rate_limited` when it should wait;
 * whatever `ctx.onSection` throws.
 */
export async function runResearch(ctx: ResearchContext, input: ResearchInput): Promise<{ document: ReportDocument }> {
  const now = ctx.now();
  const focus = { focusAreas: input.focusAreas ?? [], userContext: input.userContext ?? null };
  const company = { number: input.companyId, name: input.companyName, isDemo: input.isDemo, focus };
  const fragments = reusableSections(ctx.savedSections, now);
  const book = createEvidenceBook(now, fragments);
  const earlier = new Map(fragments.map(({ section }) => [section.id, section.fields]));
  for (const definition of SECTIONS.slice(fragments.length)) {
    ctx.signal.throwIfAborted();
    const fragment = await buildSection(
      definition,
      { ...ctx, now: () => now },
      company,
      book,
      earlier,
      ctx.onDropped ?? logDropped,
    );
    fragments.push(fragment);
    earlier.set(definition.id, fragment.section.fields);
    const progress = Math.round((fragments.length / SECTIONS.length) * SAVING_PROGRESS);
    await ctx.onSection(fragment, stepAfter(fragments.length), progress);
  }
  const document = assembleDocument(fragments, {
    ...input,
    generatedAt: ctx.now().toISOString(),
    modelUse: ctx.modelUse?.(),
  });
  return { document };
}

/** What is being done once so many sections are finished. */
export function stepAfter(finished: number): JobStep {
  const next = SECTIONS[finished];
  return {
    name: next?.id ?? 'report',
    label: next?.label ?? 'Putting the report together',
    index: finished,
    total: SECTIONS.length,
  };
}

/** Our own template went wrong: the sentence is left out and the place is recorded, never the text. */
function logDropped(violations: readonly Violation[]): void {
  for (const { check, section } of violations) logger().warn({ check, section }, 'research.sentence_dropped');
}
