import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toExportView } from '@/lib/research/export/export-view';
import { escapeMarkdown } from '@/lib/research/export/markdown/escape';
import { renderMarkdown } from '@/lib/research/export/markdown/render-markdown';
import { renderPdf } from '@/lib/research/export/pdf/render-pdf';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { buildRealRecordings } from '@/tests/support/real-recordings';
import { hasSharedData } from '@/tests/support/shared-data';
import { researchInSandbox } from '../research-stand';

/** Old and large, dissolved, tiny, in liquidation, branches of foreign companies. */
const KINDS = ['00000006', '02200605', '13271177', '10470287', 'FC038704', 'BR014831', '07798925'];

describe.skipIf(!hasSharedData)('exports of real recorded companies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oppspot-exports-'));
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    buildRealRecordings(folder, { derived: true });
    sandbox = await startSandbox({ recordings: [folder], rateLimit: 100_000 });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  test.each(KINDS)(
    '%s: every sentence and every source is in both, and only demos are marked',
    async (number) => {
      const { document } = await researchInSandbox(sandbox.url, number);
      const view = toExportView(document, true);
      const markdown = renderMarkdown(view);
      const { text: pages } = await extractText(await getDocumentProxy(await renderPdf(view)));
      const printed = packed(pages.map((page) => withoutFrame(page, `${view.name} (${view.number})`)).join(' '));
      const lines = view.sections.flatMap((section) => section.lines.map(({ text }) => text));
      const sources = view.sources.map(({ address }) => address);
      expect(lines.filter((line) => !markdown.includes(escapeMarkdown(line)))).toEqual([]);
      expect([...lines, ...sources].filter((text) => !printed.includes(packed(text)))).toEqual([]);
      expect(view.sources.filter(({ number, link }) => !markdown.includes(`[${number}]: <${link}>`))).toEqual([]);
      expect(printed.includes('Demo:')).toBe(false);
    },
    20_000,
  );
});

/** Lines break where the page ends them. */
function packed(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Without the head and the foot: sentences go on over a page's end. */
function withoutFrame(page: string, head: string): string {
  return page
    .replace(head, (found, at: number) => (at < 5 ? '' : found))
    .replace(/oppSpot, written .*? sources at the end\.\s*Page \d+ of \d+/s, '');
}
