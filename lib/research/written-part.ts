import type { ReportDocument } from './schema';

/** An unfinished document holds all eight sections; those without a sentence were not written, and their gaps mean nothing. */
export function writtenPart(document: ReportDocument): ReportDocument {
  const sections = document.sections.filter(({ sentences }) => sentences.length > 0);
  const written = new Set(sections.map(({ id }) => id));
  return { ...document, sections, gaps: document.gaps.filter(({ section }) => written.has(section)) };
}
