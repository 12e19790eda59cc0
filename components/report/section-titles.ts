import type { SectionId } from '@/lib/research/schema';

/** Shown for a section that has not been written yet; a written one brings its own title. */
export const SECTION_TITLES: Record<SectionId, string> = {
  identity: 'Identity and status',
  business: 'Business, market and customers',
  financials: 'Financial position',
  ownership: 'Ownership, group and leadership',
  signals: 'Growth and buying signals',
  technology: 'Technology, web and hiring footprint',
  risk: 'Risk and compliance',
  approach: 'Fit, score and recommended approach',
};
