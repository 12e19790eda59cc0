import type { SectionFacts } from '../draft/section-facts';
import { writeGaps } from './gaps';
import { writeHiring } from './hiring';
import type { Cited } from './say';
import { writeSiteFootprint } from './website';

export function writeTechnology(facts: SectionFacts): (Cited | null)[] {
  return [...writeSiteFootprint(facts), ...writeHiring(facts), ...writeGaps(facts)];
}
