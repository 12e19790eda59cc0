import { writtenDay } from '@/lib/companies/register/calendar';
import { confidenceBand } from '@/lib/research/confidence';
import type { ReportDocument, Sentence } from '@/lib/research/schema';

const WIDTH = 96;

/** A report as plain text: sections, sentences with the numbers of their sources, and the sources themselves. */
export function reportText(document: ReportDocument): string {
  const { company, status, coverage, confidence, as_of, is_demo } = document.report;
  const sourceNumbers = toSourceNumbers(document);
  const lines = [
    `${company.name} (${company.company_number})`,
    '='.repeat(Math.min(WIDTH, company.name.length + company.company_number.length + 3)),
    ...(is_demo ? ['Invented demo company'] : []),
    `${status === 'complete' ? 'Complete' : 'Partial: a source did not answer'}. Coverage ${percent(coverage)}, confidence ${percent(confidence)} (${confidenceBand(confidence)}). Data as of ${writtenDay(as_of.slice(0, 10))}.`,
    '',
  ];
  document.sections.forEach(({ title, sentences }, index) => {
    lines.push(`${index + 1}. ${title}`, '-'.repeat(title.length + 3));
    for (const sentence of sentences) lines.push(...wrapped(`${sentence.text}${sourceNumbers(sentence)}`));
    lines.push('');
  });
  lines.push('Sources', '-------');
  for (const { index, title, url, retrieved_at } of document.sources) {
    lines.push(`[${index}] ${title}, read ${retrieved_at}`, `    ${url}`);
  }
  return `${lines.join('\n')}\n`;
}

/** " [1] [3]": the sources behind the statements of a sentence. */
function toSourceNumbers(document: ReportDocument): (sentence: Sentence) => string {
  const evidenceOf = new Map(document.statements.map(({ id, evidence }) => [id, evidence]));
  const sourceOf = new Map(document.evidence.map(({ id, source_index }) => [id, source_index]));
  return ({ statements }) => {
    const evidence = statements.flatMap((id) => evidenceOf.get(id) ?? []);
    const numbers = [...new Set(evidence.flatMap((id) => sourceOf.get(id) ?? []))].sort((a, b) => a - b);
    return numbers.map((number) => ` [${number}]`).join('');
  };
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

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
