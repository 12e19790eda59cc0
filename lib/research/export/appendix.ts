import { fieldLabel } from '../field-labels';
import type { Gap, ReportDocument, ReportSource } from '../schema';
import { upperFirst } from '../writer/phrases';
import { dayText, linkTarget, oneLine, percentText } from './plain-text';

/** A text with the numbers of the sources that it rests on. */
export type CitedLine = { text: string; sources: readonly number[] };
export type ExportGap = { section: string; fields: string; reason: string; detail: string };
export type ExportSource = {
  number: number;
  title: string;
  /** The address as text. */
  address: string;
  /** The address as a link; null where it is none to follow. */
  link: string | null;
  dates: string;
};

const REASONS: Record<Gap['reason'], string> = {
  not_disclosed: 'Not disclosed',
  not_found: 'Not found',
  source_failed: 'Source did not answer',
  not_configured: 'Source not connected',
  not_applicable: 'Does not apply',
};

/** What could not be found; fields of one section that are missing for the very same reason are told together. */
export function toGaps({ gaps, sections }: Pick<ReportDocument, 'gaps' | 'sections'>): ExportGap[] {
  const titles = new Map(sections.map(({ id, title }) => [id, title]));
  const alike = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.section, gap.reason, gap.detail]);
    alike.set(key, [...(alike.get(key) ?? []), gap]);
  }
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return {
      section: oneLine(titles.get(first.section) ?? first.section),
      fields: upperFirst(oneLine(group.map(({ field }) => fieldLabel(field)).join(', '))),
      reason: REASONS[first.reason],
      detail: oneLine(first.detail),
    };
  });
}

export function toSource(source: ReportSource): ExportSource {
  const published = source.published_at === null ? '' : `, published ${dayText(source.published_at)}`;
  return {
    number: source.index,
    title: oneLine(source.title),
    address: oneLine(source.url),
    link: linkTarget(source.url),
    dates: `Read ${dayText(source.retrieved_at)}${published}, reliability ${percentText(source.reliability)}`,
  };
}
