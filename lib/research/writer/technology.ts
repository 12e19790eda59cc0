import type { SectionFacts } from '../draft/section-facts';
import { writeGaps } from './gaps';
import type { Cited } from './say';
import { writeSiteFootprint } from './website';

export function writeTechnology(facts: SectionFacts): (Cited | null)[] {
  return [...writeSiteFootprint(facts), writeGaps(facts)];
}
