import { extractLinks, extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import { toExportView } from '@/lib/research/export/export-view';
import { renderPdf } from '@/lib/research/export/pdf/render-pdf';
import { reportWith } from './export-stand';

const NAME = 'ŁÓDŹ & ÆRØ £5 ČEŠTINA ΑΘΗΝΑ ŐŰ ẞ LIMITED';

describe('a report as PDF', () => {
  test('prints pounds and European letters with its own fonts', async () => {
    const bytes = await renderPdf(toExportView(reportWith({ name: NAME, sentence: `${NAME} is a company.` }), true));
    const { text, totalPages } = await extractText(await getDocumentProxy(bytes), { mergePages: true });
    expect(text).toContain(`${NAME} is a company.`);
    expect(text).toContain(`Page ${totalPages} of ${totalPages}`);
  });

  test('says what its font cannot print, instead of an empty box', async () => {
    const name = '\u5317\u4eac\u8d38\u6613 \uff21\uff22 \u0645\u0635\u0631 LTD';
    const bytes = await renderPdf(toExportView(reportWith({ sentence: `${name} is a company.` }), true));
    const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true });
    expect(text).toContain('[4 Chinese characters] AB [3 Arabic characters] LTD is a company.');
  });

  test('is the same to the byte for the same report', async () => {
    const view = toExportView(reportWith(), true);
    expect(Buffer.from(await renderPdf(view)).equals(Buffer.from(await renderPdf(view)))).toBe(true);
  });

  test('leads from its list of sources to their addresses, and nowhere but to the web', async () => {
    const linksOf = async (url: string) =>
      (await extractLinks(await getDocumentProxy(await renderPdf(toExportView(reportWith({ url }), true))))).links;
    expect(await linksOf('https://register.example/a?b=c')).toContain('https://register.example/a?b=c');
    expect(await linksOf('javascript:alert(1)')).toEqual([]);
  });

  test('keeps a name without spaces inside the page', async () => {
    const name = 'X'.repeat(400);
    const pdf = await getDocumentProxy(await renderPdf(toExportView(reportWith({ name, sentence: name }), true)));
    const page = await pdf.getPage(1);
    const { items } = await page.getTextContent();
    const rights = items.flatMap((item) => ('str' in item ? item.transform[4] + item.width : []));
    expect(Math.max(...rights)).toBeLessThan(595);
  });
});
