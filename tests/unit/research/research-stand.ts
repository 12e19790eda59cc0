import { createHash } from 'node:crypto';
import type { ResearchContext } from '@/lib/research/context';
import type { Payloads, Violation } from '@/lib/research/groundedness';
import { runResearch } from '@/lib/research/run-research';
import type { ReportDocument, SectionFragment } from '@/lib/research/schema';
import { scoreCompany } from '@/lib/scoring/score-company';
import { detectSignals } from '@/lib/signals/detect-signals';
import { createSourcesIn, SOURCE_IDS, type SourceData, type SourceId, type Sources } from '@/lib/sources/registry';
import type { SourceOutcome } from '@/lib/sources/source';
import { sourceContext } from '@/tests/support/source-context';

export const REPORT_ID = '5f0f6a52-7d0e-4a3c-9d57-2f1f6f0c1a11';
/** A fixed clock: reports on the same answers must be equal to the byte. */
export const NOW = new Date('2026-11-23T09:00:00.000Z');

export type Research = {
  document: ReportDocument;
  fragments: SectionFragment[];
  labels: string[];
  progress: number[];
  dropped: Violation[];
  /** What the sources answered, by source id. */
  payloads: Payloads;
};

type Options = {
  isDemo?: boolean;
  savedSections?: readonly unknown[];
  now?: Date;
  signal?: AbortSignal;
  /** A model that words the sections. */
  writer?: Pick<ResearchContext, 'writeSection' | 'modelUse'>;
  /** What our own tables know of the company, as in a running installation. */
  known?: { companyName: string; postcode: string | null };
  reader?: { focusAreas?: readonly string[]; userContext?: string };
};

/** Researches a company with real sources against a running sandbox, at a fixed time. */
export async function researchInSandbox(
  sandboxUrl: string,
  companyNumber: string,
  options: Options = {},
): Promise<Research> {
  const now = () => options.now ?? NOW;
  const sources = createSourcesIn(sourceContext(sandboxUrl, { now }), async () => options.known ?? {});
  return researchWith(sources, companyNumber, options);
}

/** Researches a company with the given sources. */
export async function researchWith(sources: Sources, companyNumber: string, options: Options = {}): Promise<Research> {
  const now = () => options.now ?? NOW;
  const signal = options.signal ?? new AbortController().signal;
  const seen: Omit<Research, 'document' | 'payloads'> = { fragments: [], labels: [], progress: [], dropped: [] };
  const ctx: ResearchContext = {
    ...options.writer,
    signal,
    now,
    sources,
    savedSections: options.savedSections ?? [],
    detectSignals: () => detectSignals({ sources, now, signal }, { companyNumber }),
    scoreCompany: async () => {
      const { signals } = await detectSignals({ sources, now, signal }, { companyNumber });
      return scoreCompany({ sources, now, signal }, { companyNumber, signals });
    },
    onSection: async (fragment, step, progress) => {
      seen.fragments.push(fragment);
      seen.labels.push(step.label);
      seen.progress.push(progress);
    },
    onDropped: (violations) => seen.dropped.push(...violations),
  };
  const input = {
    companyId: companyNumber,
    companyName: 'Name as imported',
    reportId: REPORT_ID,
    isDemo: options.isDemo ?? false,
    ...options.reader,
  };
  const { document } = await runResearch(ctx, input);
  return { document, ...seen, payloads: await payloadsOf(sources, companyNumber) };
}

async function payloadsOf(sources: Sources, companyNumber: string): Promise<Payloads> {
  const payloads: Record<string, unknown> = {};
  for (const id of SOURCE_IDS) {
    const outcome = await sources.read(id, { companyNumber });
    if (outcome.outcome === 'ok') payloads[id] = outcome.data;
  }
  return payloads;
}

/** Sources that answer with what a test gives them; everything else is surely not there. */
export function sourcesOf(answers: Record<string, unknown>): Sources {
  async function read<K extends SourceId>(id: K) {
    const answer = answers[id];
    const outcome = isOutcome(answer) ? answer : answer === undefined ? emptyAnswer(id) : okAnswer(id, answer);
    // The test writes the answer in the form of its source.
    return outcome as SourceOutcome<SourceData[K]>;
  }
  return { read, readKept: read };
}

export function originOf(source: string, body: unknown = '') {
  return {
    source,
    title: `Test register: ${source}`,
    url: `https://example.test/${source}`,
    sourceType: 'register',
    retrievedAt: '2026-11-23T08:00:00.000Z',
    publishedAt: null,
    sha256: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
    reliability: 0.98,
    stale: false,
  };
}

export function okAnswer(source: string, data: unknown): SourceOutcome<unknown> {
  return { outcome: 'ok', data, origin: originOf(source, data) };
}

export function emptyAnswer(source: string): SourceOutcome<unknown> {
  return { outcome: 'empty', origin: originOf(source), reason: 'The register has nothing here.' };
}

export function failedAnswer(source: string, reason = 'No answer in time.'): SourceOutcome<unknown> {
  return { outcome: 'unavailable', source, code: 'provider_unavailable', reason, retryAt: null, at: NOW.toISOString() };
}

export function skippedAnswer(source: string): SourceOutcome<unknown> {
  return { outcome: 'skipped', source, reason: 'No key is configured.', at: NOW.toISOString() };
}

function isOutcome(answer: unknown): answer is SourceOutcome<unknown> {
  return typeof answer === 'object' && answer !== null && 'outcome' in answer;
}

/** All sentences of a section as one text. */
export function textOf(document: ReportDocument, sectionId: string): string {
  const section = document.sections.find(({ id }) => id === sectionId);
  return (section?.sentences ?? []).map(({ text }) => text).join('\n');
}

/** The value stated for a field of a section; undefined when there is a gap or nothing. */
export function valueIn(document: ReportDocument, sectionId: string, field: string): unknown {
  const entry = document.sections.find(({ id }) => id === sectionId)?.fields[field];
  if (entry === undefined || !('statement' in entry)) return undefined;
  return document.statements.find(({ id }) => id === entry.statement)?.value;
}

/** Why a field is open; undefined when it is answered. */
export function gapIn(document: ReportDocument, sectionId: string, field: string) {
  const entry = document.sections.find(({ id }) => id === sectionId)?.fields[field];
  if (entry === undefined || !('gap' in entry)) return undefined;
  return document.gaps.find(({ id }) => id === entry.gap);
}
