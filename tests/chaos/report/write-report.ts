import fs from 'node:fs';
import type { ChaosResult } from './result';
import { toMarkdown } from './table';

const BEGIN = '<!-- runs: written by npm run chaos -- --report -->';
const END = '<!-- end of runs -->';

/**
 * Puts a run into the generated section of a document, in place of an earlier one of the same engine and seed. The rest
 * of the document stays as it is; a document without such a section gets one at its end.
 */
export function writeReport(file: string, result: ChaosResult, now = new Date()): void {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  fs.writeFileSync(file, withRun(text, result, now));
}

/** @returns the document with the run in it. */
export function withRun(text: string, result: ChaosResult, now: Date): string {
  const { before, runs, after } = split(text);
  const title = titleOf(result);
  const run = `### ${title}\n\n${now.toISOString().slice(0, 10)}, Node ${process.version}.\n${toMarkdown(result)}\n`;
  const others = runs.filter((other) => !other.startsWith(`### ${title}\n`));
  return `${before}${BEGIN}\n\n${[...others, run].sort().join('\n')}\n${END}${after}`;
}

function titleOf({ options: { engine, seed } }: ChaosResult): string {
  return engine === 'ours' ? `oppSpot, seed ${seed}` : `Plain Bull, seed ${seed}`;
}

function split(text: string): { before: string; runs: string[]; after: string } {
  const [before = '', rest] = text.split(BEGIN);
  if (rest === undefined) return { before: text === '' ? '' : `${text.trimEnd()}\n\n`, runs: [], after: '\n' };
  const [section = '', after = '\n'] = rest.split(END);
  const runs = section.split(/^(?=### )/m).filter((run) => run.startsWith('### '));
  return { before, runs: runs.map((run) => `${run.trimEnd()}\n`), after };
}
