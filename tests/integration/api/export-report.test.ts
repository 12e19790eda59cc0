import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportDocumentSchema } from '@/lib/research/schema';
import { callApi, expectProblem, untilEnded } from '../../support/api-client';
import { createTestUser } from '../../support/users';

let token: string;
let otherToken: string;
let reportId: string;
let sentences: string[];

beforeAll(async () => {
  const [user, other] = await Promise.all([createTestUser(), createTestUser()]);
  token = user.accessToken;
  otherToken = other.accessToken;
  const { body } = await callApi('POST', '/api/research/DM000001', { token });
  reportId = String(body.report_id);
  if (body.job_id) await untilEnded(String(body.job_id), token);
  const exported = await callApi('GET', `/api/reports/${reportId}/export?format=json`, { token });
  sentences = reportDocumentSchema
    .parse(exported.body)
    .sections.flatMap((section) => section.sentences.map(({ text }) => text));
});

function download(format: string, bearer = token): Promise<Response> {
  const headers = { authorization: `Bearer ${bearer}` };
  return fetch(`${process.env.APP_URL}/api/reports/${reportId}/export?format=${format}`, { headers });
}

/** Lines break where the page ends them, and marks stand between words. */
const packed = (text: string) => text.replace(/\s+/g, '');

describe('a report as a file', () => {
  it('is a typeset PDF with every sentence, its figures, numbered sources, pages and the demo mark', async () => {
    const response = await download('pdf');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const name = /^attachment; filename="oppspot-DM000001-\d{4}-\d\d-\d\d\.pdf"$/;
    expect(response.headers.get('content-disposition')).toMatch(name);
    const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()));
    const { text: pages, totalPages } = await extractText(pdf);
    expect(totalPages).toBeGreaterThan(3);
    expect(totalPages).toBeLessThan(15);
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${totalPages}`);
      expect(page).toContain('Demo: invented data. No such company exists.');
    });
    const found = packed(pages.map(withoutFrame).join(' '));
    expect(sentences.filter((sentence) => !found.includes(packed(sentence)))).toEqual([]);
    expect(found).toContain('£4,812,640');
    expect(found).toContain(packed('find-and-update.company-information.service.gov.uk/company/DM000001'));
    expect(found).toContain(packed('In one minute'));
    expect((await pdf.getOutline()).map(({ title }: { title: string }) => title)).toEqual(
      expect.arrayContaining(['1. Identity and status', 'What we could not find', 'Sources']),
    );
  });

  it('is Markdown with numbered citations and the list that they lead to', async () => {
    const response = await download('md');
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(/filename="oppspot-DM000001-[\d-]{10}\.md"$/);
    const text = await response.text();
    expect(text).toMatch(/^# DEMO MARMALADE WORKS LIMITED\n/);
    expect(text).toContain('> **Demo: invented data. No such company exists.**');
    expect(text).toContain('| Figures | 31 May 2026 | 31 May 2025 | Change |');
    const defined = new Set([...text.matchAll(/^\[(\d+)\]: <https?:/gm)].map(([, number]) => number));
    const cited = [...text.matchAll(/\]\[(\d+)\]/g)].map(([, number]) => number);
    expect(cited.length).toBeGreaterThan(sentences.length / 2);
    expect(cited.filter((number) => !defined.has(number))).toEqual([]);
  });

  it.each(['pdf', 'md', 'json'])('as %s is there for its owner only', async (format) => {
    const path = `/api/reports/${reportId}/export?format=${format}`;
    expectProblem(await callApi('GET', path, { token: otherToken }), 404, 'not_found');
    expectProblem(await callApi('GET', path), 401, 'unauthenticated');
  });

  it('names the formats there are', async () => {
    const answer = await callApi('GET', `/api/reports/${reportId}/export?format=docx`, { token });
    expectProblem(answer, 400, 'invalid_request');
    expect(JSON.stringify(answer.body.errors)).toContain('must be pdf, md or json');
  });

  it('is refused while it is being written, and holds what was written once that was stopped', async () => {
    const faults = JSON.stringify([{ path: '/company/DM000008/officers', kind: 'hang' }]);
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'POST', body: faults });
    const { body } = await callApi('POST', '/api/research/DM000008?force_refresh=true', { token });
    const path = `/api/reports/${body.report_id}/export?format=md`;
    expectProblem(await callApi('GET', path, { token }), 409, 'report_not_finished');
    await callApi('DELETE', `/api/jobs/${body.job_id}`, { token });
    await untilEnded(String(body.job_id), token);
    const headers = { authorization: `Bearer ${token}` };
    const stopped = await fetch(`${process.env.APP_URL}${path}`, { headers });
    expect(await stopped.text()).toContain('> **Not finished: the research ended before every section was written.**');
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'DELETE' });
  });
});

/** Sentences may go on over a page's end: its head and foot do not belong to them. */
function withoutFrame(page: string): string {
  return page
    .replace(/DEMO MARMALADE WORKS LIMITED \(DM000001\)\s*(?=Demo:)/, '')
    .replace('Demo: invented data. No such company exists.', '')
    .replace(/oppSpot, written .*? sources at the end\.\s*Page \d+ of \d+/s, '');
}
