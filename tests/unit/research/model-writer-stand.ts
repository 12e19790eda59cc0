import { indexDocument } from '@/lib/research/checks/document-index';
import { checkSentence } from '@/lib/research/checks/sentences';
import type { SectionWriting } from '@/lib/research/context';
import type { ReportDocument, SectionId, Sentence } from '@/lib/research/schema';
import type { ModelSentence } from '@/lib/research/writer/model/answer-schema';
import { createModelWriter } from '@/lib/research/writer/model/create-model-writer';
import { forgetSingleton } from '@/lib/singleton';
import type { RunningSandbox } from '@/sandbox/start-sandbox';
import { startRun } from '../llm/model-stand-in';

/** The least configuration with which something can be logged: nothing is, and nothing can be reached. */
export function configureLogging(): void {
  Object.assign(process.env, {
    LOG_LEVEL: 'silent',
    REDIS_URL: 'redis://127.0.0.1:9',
    SUPABASE_URL: 'http://127.0.0.1:9',
    SUPABASE_PUBLISHABLE_KEY: 'p',
    SUPABASE_SECRET_KEY: 's',
  });
  forgetSingleton('config');
}

/** What the writer of a section is given, taken from a report that the templates wrote. */
export function writingOf(
  document: ReportDocument,
  id: SectionId,
  reader: Partial<SectionWriting> = {},
): SectionWriting {
  const section = document.sections.find((candidate) => candidate.id === id);
  const index = indexDocument(document);
  const { company, is_demo: isDemo } = document.report;
  return {
    section: id,
    title: section?.title ?? '',
    company: { number: company.company_number, name: company.name, isDemo },
    sentences: section?.sentences ?? [],
    statements: document.statements,
    gaps: document.gaps,
    focusAreas: [],
    userContext: null,
    check: (sentence) => checkSentence(index, id, sentence),
    ...reader,
  };
}

/** A writer with a run against the sandbox's model, and all that the run leaves behind. */
export function startWriter(sandbox: RunningSandbox, options: { runMs?: number; isEmpty?: () => boolean } = {}) {
  const { isEmpty, ...own } = options;
  const started = startRun(sandbox.url, { baseUrl: `${sandbox.url}/llm` }, isEmpty);
  return { ...started, writer: createModelWriter(started.run, { signal: started.signal, ...own }) };
}

/** Tells the sandbox's model what to say, in order; forgets what was asked before. */
export async function script(sandbox: RunningSandbox, ...answers: unknown[]): Promise<void> {
  await fetch(`${sandbox.url}/_llm`, { method: 'DELETE' });
  await fetch(`${sandbox.url}/_faults`, { method: 'DELETE' });
  await fetch(`${sandbox.url}/_stats`, { method: 'DELETE' });
  const response = await fetch(`${sandbox.url}/_llm`, { method: 'POST', body: JSON.stringify(answers) });
  if (response.status !== 204) throw new Error(await response.text());
}

export async function requestsTo(
  sandbox: RunningSandbox,
): Promise<{ messages: { role: string; content: string }[] }[]> {
  // The sandbox's own document; tests fail visibly when it changes.
  const { requests } = (await (await fetch(`${sandbox.url}/_llm`)).json()) as {
    requests: { messages: { role: string; content: string }[] }[];
  };
  return requests;
}

/** An answer that stands for the given template sentences, with their ids. */
export function answerFor(points: readonly number[], sentences: readonly Sentence[], text: string): ModelSentence {
  const meant = points.flatMap((point) => sentences[point - 1] ?? []);
  return {
    text,
    points: [...points],
    statements: [...new Set(meant.flatMap(({ statements }) => statements))],
    gaps: [...new Set(meant.flatMap(({ gaps }) => gaps))],
  };
}
