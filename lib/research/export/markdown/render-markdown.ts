import { periodEndsOf } from '../../figure-series';
import type { CitedLine } from '../appendix';
import type { ExportFigures, ExportSection, ExportView } from '../export-view';
import { figureText } from '../figure-text';
import { dayText, percentText } from '../plain-text';
import { escapeMarkdown as escaped } from './escape';

/**
 * The report as CommonMark with GitHub's tables. Citations are reference links: the text reads `[3]`, and leads to the
 * source's own address, which the list at the end repeats with its title and dates.
 */
export function renderMarkdown(view: ExportView): string {
  const parts = [
    `# ${escaped(view.name)}`,
    ...view.notes.map((note) => `> **${note}**`),
    table(
      ['', ''],
      view.facts.map(({ name, value }) => [name, escaped(value)]),
    ),
    '## In one minute',
    ...view.summary.flatMap(({ title, lines }) => [`### ${title}`, bullets(lines)]),
    ...view.sections.flatMap((section) => sectionParts(section, view)),
    '## What we could not find',
    gapList(view),
    '## Sources',
    sourceList(view),
    definitions(view),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function sectionParts({ id, number, title, standing, lines }: ExportSection, view: ExportView): string[] {
  const extras = {
    financials: () => figureTable(view.figures),
    signals: () => [signalTable(view), checkTable(view)].filter(Boolean).join('\n\n'),
    approach: () => scoreTable(view),
  };
  const extra = id === 'financials' || id === 'signals' || id === 'approach' ? extras[id]() : '';
  return [`## ${number}. ${escaped(title)}`, `*${standing}*`, bullets(lines), extra];
}

function bullets(lines: readonly CitedLine[]): string {
  if (lines.length === 0) return '- Nothing in the sources answers this.';
  return lines.map((line) => `- ${cited(line)}`).join('\n');
}

function cited({ text, sources }: CitedLine): string {
  return [escaped(text), marks(sources)].filter(Boolean).join(' ');
}

function marks(sources: readonly number[]): string {
  return sources.map((number) => `[\\[${number}\\]][${number}]`).join(' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function figureTable(figures: readonly ExportFigures[]): string {
  const ends = periodEndsOf(figures);
  const hasChange = figures.some(({ change }) => change.text !== '');
  const rows = figures.map((series) => [
    escaped(series.title),
    ...ends.map((end) => {
      const point = series.points.find(({ periodEnd }) => periodEnd === end);
      return point === undefined ? '' : cited({ text: figureText(point.value, series), sources: point.sources });
    }),
    ...(hasChange ? [series.change.text === '' ? '' : cited(series.change)] : []),
  ]);
  return table(['Figures', ...ends.map(dayText), ...(hasChange ? ['Change'] : [])], rows);
}

function signalTable({ signals }: ExportView): string {
  const rows = signals.map((signal) => [
    dayText(signal.eventDate),
    cited(signal),
    percentText(signal.confidence),
    dayText(signal.expiresOn),
  ]);
  return table(['Date', 'Signal', 'Confidence', 'Fades after'], rows);
}

function checkTable({ checks }: ExportView): string {
  const rows = checks.map((check) => [escaped(check.title), check.result, cited(check)]);
  return table(['Signals checked', 'Result', 'Where, or why not'], rows);
}

function scoreTable({ score }: ExportView): string {
  if (score === null) return '';
  const rows = score.components.map(({ name, score: points, weight, rules }) => [
    escaped(name),
    weight,
    points === null ? 'not scored' : String(points),
    rules.map(cited).join('<br>'),
  ]);
  const limits = score.limits.map((limit) => `- ${cited(limit)}`).join('\n');
  return [`**Lead score:** ${score.verdict}`, limits, table(['Part', 'Weight', 'Score', 'Why'], rows)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function gapList({ gaps }: ExportView): string {
  if (gaps.length === 0) return 'Nothing is missing.';
  return gaps
    .map(
      ({ section, fields, reason, detail }) =>
        `- **${escaped(fields)}** (${escaped(section)}): ${reason}. ${escaped(detail)}`,
    )
    .join('\n');
}

function sourceList({ sources }: ExportView): string {
  if (sources.length === 0) return 'No source could be read.';
  return sources
    .map(({ number, title, address, link, dates }) => {
      const where = link === null ? escaped(address) : `<${link}>`;
      return `- \\[${number}\\] ${escaped(title)}  \n  ${where}  \n  ${dates}`;
    })
    .join('\n');
}

/** Where the marks lead. A mark without a definition stays plain text. */
function definitions({ sources }: ExportView): string {
  return sources.flatMap(({ number, link }) => (link === null ? [] : `[${number}]: <${link}>`)).join('\n');
}
