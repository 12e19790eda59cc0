import type { CitedLine } from '@/lib/research/export/appendix';
import { toExportView } from '@/lib/research/export/export-view';
import type { ReportDocument } from '@/lib/research/schema';

const WIDTH = 96;

/** A report as plain text: the summary, the sections with the numbers of their sources, what is missing, and the sources. */
export function reportText(document: ReportDocument): string {
  const view = toExportView(document, true);
  const blocks = [
    [...heading(`${view.name} (${view.number})`, '='), ...view.notes],
    view.facts.map(({ name, value }) => `${name}: ${value}`),
    heading('In one minute', '='),
    ...view.summary.map(({ title, lines }) => [title, ...bullets(lines)]),
    ...view.sections.map(({ number, title, lines }) => [...heading(`${number}. ${title}`), ...bullets(lines)]),
    [
      ...heading('What we could not find'),
      ...view.gaps.flatMap(({ section, fields, reason, detail }) =>
        wrapped(`${fields} (${section}): ${reason}. ${detail}`),
      ),
    ],
    [
      ...heading('Sources'),
      ...view.sources.flatMap(({ number, title, address, dates }) => [
        `[${number}] ${title}`,
        `    ${address}`,
        `    ${dates}`,
      ]),
    ],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function heading(text: string, line = '-'): string[] {
  return [text, line.repeat(Math.min(WIDTH, text.length))];
}

function bullets(lines: readonly CitedLine[]): string[] {
  if (lines.length === 0) return ['- Nothing in the sources answers this.'];
  return lines.flatMap(({ text, sources }) => wrapped([text, ...sources.map((number) => `[${number}]`)].join(' ')));
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '-';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
