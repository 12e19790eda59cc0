import type { Sentence } from '../../schema';
import type { Accepted } from './judge-sentences';

/**
 * A section in the order in which the model wrote it; what it left out, or what failed the checks, stays as the template
 * has it, behind the point that came before it.
 */
export function orderSentences(templates: readonly Sentence[], accepted: readonly Accepted[]): Sentence[] {
  const entries: Accepted[] = [...accepted];
  for (const [point, sentence] of templates.entries()) {
    if (accepted.some(({ points }) => points.includes(point))) continue;
    const before = entries.findIndex(({ points }) => points.includes(point - 1));
    entries.splice(before + 1, 0, { points: [point], sentence });
  }
  return entries.map(({ sentence }) => sentence);
}
