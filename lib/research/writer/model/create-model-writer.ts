import { AppError, type ErrorCode } from '@/lib/errors';
import type { ModelRun } from '@/lib/llm/model-run';
import { logger } from '@/lib/logger';
import type { ResearchContext, SectionWriting } from '../../context';
import type { Sentence } from '../../schema';
import { modelAnswerSchema } from './answer-schema';
import { judgeSentences } from './judge-sentences';
import { orderSentences } from './order-sentences';
import { repairMessages, sectionMessages } from './prompt';

const MAX_OUTPUT_TOKENS = 4_000;
/** Of one question with its repetitions, and of all questions of a run: a job has to end in time without a model as well. */
const QUESTION_MS = 45_000;
const RUN_MS = 90_000;
/** Sections in a row whose answers were of no use, after which the model is not asked again. */
const MAX_USELESS = 2;

export type ModelWriter = Required<Pick<ResearchContext, 'writeSection' | 'modelUse'>>;

type WriterOptions = {
  /** The signal of the run: when it is aborted its reason is thrown; no other failure gets out. */
  signal: AbortSignal;
  /** What earlier attempts of the same report used. */
  earlier?: { calls: number; costUsd: number; models: readonly string[] };
  /** Time for all questions together, in milliseconds. */
  runMs?: number;
};

/**
 * A writer that lets a model word sections. It is given the checked sentences with their statements and gaps and nothing
 * else; what it writes passes the checks, is asked for once more, or stays as the template has it. A failure that would
 * only repeat itself (credits, key, budget, a service that is away) ends its use for the rest of the report.
 */
export function createModelWriter(run: ModelRun, options: WriterOptions): ModelWriter {
  const { signal, earlier = { calls: 0, costUsd: 0, models: [] }, runMs = RUN_MS } = options;
  const state = { over: false, useless: 0, spentMs: 0 };

  async function ask(writing: SectionWriting, messages: ReturnType<typeof sectionMessages>) {
    const startedAt = performance.now();
    const timeLimitMs = Math.min(QUESTION_MS, Math.max(1, runMs - state.spentMs));
    const question = {
      purpose: writing.section,
      name: 'section',
      schema: modelAnswerSchema,
      messages,
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      timeLimitMs,
    };
    try {
      const { data } = await run.ask(question);
      state.useless = 0;
      return data.sentences;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      noteFailure(writing, error.code);
      return [];
    } finally {
      state.spentMs += performance.now() - startedAt;
      state.over ||= state.spentMs >= runMs;
    }
  }

  function noteFailure({ section }: SectionWriting, code: ErrorCode): void {
    state.useless += 1;
    // Anything else than a useless answer comes again: the run itself ended, or the service was asked often enough.
    state.over ||= code !== 'provider_contract' || state.useless >= MAX_USELESS;
    logger().warn({ section, code }, 'research.model_not_used');
  }

  return {
    async writeSection(writing): Promise<readonly Sentence[]> {
      if (state.over || writing.sentences.length === 0) return writing.sentences;
      const { accepted, refused } = judgeSentences(writing, await ask(writing, sectionMessages(writing)));
      if (refused.length === 0 || state.over) return orderSentences(writing.sentences, accepted);
      const taken = new Set(accepted.flatMap(({ points }) => points));
      const again = judgeSentences(writing, await ask(writing, repairMessages(writing, refused)), taken);
      if (again.refused.length > 0) {
        logger().info({ section: writing.section, sentences: again.refused.length }, 'research.model_refused');
      }
      return orderSentences(writing.sentences, [...accepted, ...again.accepted]);
    },
    modelUse() {
      const { calls, costUsd, models } = run.use();
      if (calls + earlier.calls === 0) return { model: null, costUsd: null };
      const names = [...new Set([...earlier.models, ...models])];
      return {
        model: names.length === 0 ? null : names.join(', '),
        costUsd: Math.round((costUsd + earlier.costUsd) * 1e6) / 1e6,
      };
    },
  };
}
