import { indexDocument, type Violation } from './checks/document-index';
import { checkSentence } from './checks/sentences';
import { coverageOf, sectionConfidence } from './confidence';
import type { ResearchContext, SectionWriting } from './context';
import { createSectionDraft, type ResearchedCompany } from './draft/section-draft';
import { toFacts } from './draft/section-facts';
import type { EvidenceBook } from './evidence/evidence-book';
import { NO_FOCUS } from './focus';
import type { Section, SectionFragment, SectionId, Sentence } from './schema';
import type { SectionDefinition } from './sections/section-definition';
import type { Cited } from './writer/say';

/**
 * Builds one section: gathers its statements and gaps, writes them down, checks every sentence.
 * @param onDropped is told of a sentence that failed its checks; such a sentence is left out.
 * @returns what the section adds to the report.
 */
export async function buildSection(
  definition: SectionDefinition,
  ctx: Pick<ResearchContext, 'now' | 'sources' | 'detectSignals' | 'scoreCompany' | 'writeSection'>,
  company: ResearchedCompany,
  book: EvidenceBook,
  earlier: ReadonlyMap<SectionId, Section['fields']>,
  onDropped: (violations: readonly Violation[]) => void,
): Promise<SectionFragment> {
  const draft = createSectionDraft(definition.id, ctx, company, book, earlier);
  await definition.collect(draft);
  const { fields, signals, score, stale, oldest } = draft.result();
  const sentences = definition
    .write(toFacts(draft, book))
    .filter((sentence) => sentence !== null)
    .map(toSentence);
  const section: Section = {
    id: definition.id,
    title: definition.title,
    ...ratings(definition, fields, book),
    as_of: oldest ?? ctx.now().toISOString(),
    stale,
    fields,
    sentences: supported(definition.id, sentences, book, onDropped),
  };
  const worded = await ctx.writeSection?.(toWriting(section, company, book));
  return {
    section: { ...section, sentences: [...(worded ?? section.sentences)] },
    ...book.takeFragment(),
    signals,
    score,
    built_at: ctx.now().toISOString(),
  };
}

/** What a model may know of a section: its checked sentences and what they rest on. */
function toWriting({ id, title, sentences }: Section, company: ResearchedCompany, book: EvidenceBook): SectionWriting {
  const index = indexDocument(book.contents());
  const { focusAreas, userContext } = company.focus ?? NO_FOCUS;
  return {
    section: id,
    title,
    company,
    sentences,
    statements: [...new Set(sentences.flatMap((one) => one.statements))].flatMap((of) => book.statement(of) ?? []),
    gaps: [...new Set(sentences.flatMap((one) => one.gaps))].flatMap((of) => book.gapById(of) ?? []),
    focusAreas,
    userContext,
    check: (sentence) => checkSentence(index, id, sentence),
  };
}

function toSentence({ text, statements, gaps }: Cited): Sentence {
  return { text, statements: [...statements], gaps: [...gaps], written_by: 'template' };
}

/** Only sentences whose every number and name stands in what they cite. */
function supported(
  section: SectionId,
  sentences: readonly Sentence[],
  book: EvidenceBook,
  onDropped: (violations: readonly Violation[]) => void,
): Sentence[] {
  const index = indexDocument(book.contents());
  return sentences.filter((sentence) => {
    const violations = checkSentence(index, section, sentence);
    if (violations.length > 0) onDropped(violations);
    return violations.length === 0;
  });
}

function ratings(definition: SectionDefinition, fields: Section['fields'], book: EvidenceBook) {
  const answered = Object.entries(fields).flatMap(([field, entry]) => {
    const statement = 'statement' in entry ? book.statement(entry.statement) : undefined;
    return statement === undefined
      ? []
      : [{ required: definition.required.includes(field), confidence: statement.confidence }];
  });
  const required = definition.required.map((field) => stateOf(fields[field], (id) => book.gapById(id)?.reason));
  return { confidence: sectionConfidence(answered), coverage: coverageOf(required) };
}

/** Whether a field counts for coverage, and is answered. */
export function stateOf(
  entry: Section['fields'][string] | undefined,
  reasonOf: (gapId: string) => string | undefined,
): 'answered' | 'open' | 'not_applicable' {
  if (entry === undefined) return 'open';
  if ('statement' in entry) return 'answered';
  return reasonOf(entry.gap) === 'not_applicable' ? 'not_applicable' : 'open';
}
