import type { SectionDraft } from '../draft/section-draft';
import type { SectionFacts } from '../draft/section-facts';
import type { SectionId } from '../schema';
import type { Cited } from '../writer/say';

/** One section of the report: what it gathers and how it tells it. Adding one is a file and a line in the registry. */
export type SectionDefinition = {
  id: SectionId;
  title: string;
  /** Weight in the confidence of the report; the weights of all sections add up to 1. */
  weight: number;
  /** What is being done while the section is built, in plain words. */
  label: string;
  /** Fields that count for coverage. */
  required: readonly string[];
  collect(draft: SectionDraft): Promise<void>;
  write(facts: SectionFacts): (Cited | null)[];
};
