import type { SectionWriting } from '../../context';
import type { Sentence } from '../../schema';
import type { ModelSentence } from './answer-schema';
import { unfaithful } from './faithful';
import type { Refusal } from './prompt';

/** A sentence that may stand for points (counted from 0). */
export type Accepted = { points: readonly number[]; sentence: Sentence };

/**
 * Reads what a model wrote, sentence by sentence: known points, each once; exactly the ids of those points; nothing said
 * more, less or otherwise; and the checks that every sentence of a report passes.
 * @param taken points that an earlier answer already stands for.
 */
export function judgeSentences(
  writing: SectionWriting,
  sentences: readonly ModelSentence[],
  taken: ReadonlySet<number> = new Set(),
): { accepted: Accepted[]; refused: Refusal[] } {
  const used = new Set(taken);
  const accepted: Accepted[] = [];
  const refused: Refusal[] = [];
  for (const written of sentences) {
    const points = [...new Set(written.points.map((point) => point - 1))];
    const sentence = toSentence(written);
    const problems = pointProblems(writing, points, used) ?? [
      ...citationProblems(writing, points, sentence),
      ...unfaithful(sentence.text, wordingsOf(writing, points)),
      ...(sentence.text === '' ? [] : writing.check(sentence).map(({ detail }) => detail)),
    ];
    if (problems.length > 0) refused.push({ sentence: written, problems: [...new Set(problems)] });
    else {
      for (const point of points) used.add(point);
      accepted.push({ points, sentence: { ...sentence, written_by: writerOf(writing, points, sentence) } });
    }
  }
  return { accepted, refused };
}

function toSentence({ text, statements, gaps }: ModelSentence): Sentence {
  return {
    text: text.trim(),
    statements: [...new Set(statements)],
    gaps: [...new Set(gaps)],
    written_by: 'model',
  };
}

/** What is wrong with the points themselves; null when they can be looked at. */
function pointProblems(
  { sentences }: SectionWriting,
  points: readonly number[],
  used: ReadonlySet<number>,
): string[] | null {
  if (points.length === 0) return ['stands for no point'];
  const unknown = points.filter((point) => sentences[point] === undefined);
  if (unknown.length > 0)
    return [`stands for points that do not exist: ${unknown.map((point) => point + 1).join(', ')}`];
  const again = points.filter((point) => used.has(point));
  return again.length > 0 ? [`stands for points again: ${again.map((point) => point + 1).join(', ')}`] : null;
}

function citationProblems(writing: SectionWriting, points: readonly number[], sentence: Sentence): string[] {
  const known = new Set(points.flatMap((point) => idsOf(writing.sentences[point])));
  const given = new Set(idsOf(sentence));
  const unknown = [...given].filter((id) => !known.has(id));
  const missing = [...known].filter((id) => !given.has(id));
  return [
    ...(unknown.length > 0 ? [`cites what its points do not cite: ${unknown.join(', ')}`] : []),
    ...(missing.length > 0 ? [`does not cite ${missing.join(', ')}`] : []),
  ];
}

function idsOf(sentence: Sentence | undefined): string[] {
  return sentence === undefined ? [] : [...sentence.statements, ...sentence.gaps];
}

function wordingsOf({ sentences }: SectionWriting, points: readonly number[]): string[] {
  return points.flatMap((point) => sentences[point]?.text ?? []);
}

/** A template sentence that a model repeats word for word is still the template's. */
function writerOf(writing: SectionWriting, points: readonly number[], { text }: Sentence): Sentence['written_by'] {
  return points.length === 1 && wordingsOf(writing, points)[0] === text ? 'template' : 'model';
}
