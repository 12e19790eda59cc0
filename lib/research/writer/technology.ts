import type { SectionFacts } from '../draft/section-facts';
import { writeGaps } from './gaps';
import type { Cited } from './say';

export function writeTechnology(facts: SectionFacts): (Cited | null)[] {
  return [writeGaps(facts)];
}
