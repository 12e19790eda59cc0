import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString as textIn } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { toExportView } from '@/lib/research/export/export-view';
import { escapeMarkdown } from '@/lib/research/export/markdown/escape';
import { renderMarkdown } from '@/lib/research/export/markdown/render-markdown';
import { reportWith } from './export-stand';

const AWKWARD = [
  '# HEADING LTD #',
  '- A DASH LIMITED',
  '1. FIRST CHOICE LTD',
  '12) TWELVE LTD',
  '+ PLUS LTD',
  '> QUOTE LTD',
  '*STARS* AND __LINES__ AND ~~STRIKES~~',
  '`CODE` AND ```FENCE```',
  '[LINK](https://evil.example) AND ![IMAGE](https://evil.example/x.png)',
  '[1] AND [^1] AND [x]',
  '<script>alert(1)</script> <b>BOLD</b> <!-- HIDDEN -->',
  '&lt;NOT A BRACKET&gt; R&D &#35; &amp;',
  'PIPES | IN | NAMES',
  'BACK\\SLASH \\* LTD',
  'https://bare.example/x and www.bare.example and <https://auto.example>',
  '--- LTD',
  '=== LTD',
  '$x^2$ LTD',
  'C#',
  'ŁÓDŹ & ÆRØ LIMITED, Αθήνα',
];

const parse = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

type TreeNode = { type: string; children?: TreeNode[] };

/** The kinds of all nodes, in the order of the text. */
function kindsIn({ type, children = [] }: TreeNode): string[] {
  return [type, ...children.flatMap(kindsIn)];
}

describe('others’ text in Markdown', () => {
  test.each(AWKWARD)('reads as it is and is nothing but text: %s', (text) => {
    for (const [before, frame] of [
      ['', ['root', 'paragraph', 'text']],
      ['- ', ['root', 'list', 'listItem', 'paragraph', 'text']],
      ['# ', ['root', 'heading', 'text']],
    ] as const) {
      const tree = parse(`${before}${escapeMarkdown(text)}`);
      expect(kindsIn(tree)).toEqual(frame);
      // A joiner, unseen, keeps readers from making links of addresses.
      expect(textIn(tree).replaceAll('\u2060', '')).toBe(text);
    }
  });

  test('stays in its line, without controls and marks that turn its direction', () => {
    expect(escapeMarkdown('ONE\n\n# TWO\u202E\u0000 \t LTD')).toBe('ONE \\# TWO LTD');
  });
});

describe('a report as Markdown', () => {
  test.each(AWKWARD)('has the same structure whatever its texts are: %s', (text) => {
    const render = (words: string) => {
      const report = reportWith({ name: words, sentence: words, title: words, detail: words });
      return renderMarkdown(toExportView(report, true));
    };
    expect(kindsIn(parse(render(text)))).toEqual(kindsIn(parse(render('PLAIN LIMITED'))));
  });

  test('cites each sentence by number, leading to the address of its source', () => {
    const markdown = renderMarkdown(toExportView(reportWith(), true));
    expect(markdown).toContain('- It is a company. [\\[1\\]][1]');
    expect(markdown).toContain('[1]: <https://register.example/company/1>');
    expect(markdown).toContain('Read 23 November 2026, reliability 98%');
    expect(markdown).toContain('> **Partial: a source did not answer');
    expect(markdown).toContain('- **Legal entity identifier** (Identity and status): Not found. None.');
  });

  test('makes no link of an address that is not one of the web', () => {
    const markdown = renderMarkdown(toExportView(reportWith({ url: 'javascript:alert(1)' }), true));
    expect(kindsIn(parse(markdown))).not.toContain('link');
    expect(kindsIn(parse(markdown))).not.toContain('definition');
  });

  test('of an unfinished research says so, and holds no gaps of what was never looked for', () => {
    const report = reportWith();
    const [first] = report.sections;
    const cut = { ...report, sections: first ? [{ ...first, sentences: [] }] : [] };
    const markdown = renderMarkdown(toExportView(cut, false));
    expect(markdown).toContain('Not finished');
    expect(markdown).not.toContain('Legal entity identifier');
  });
});
