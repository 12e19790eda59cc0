import { beforeAll, describe, expect, it } from 'vitest';
import { reportDocumentSchema } from '@/lib/research/schema';
import { callApi, expectProblem } from '../../support/api-client';
import { createTestUser } from '../../support/users';

let token: string;
let otherToken: string;
let reportId: string;

beforeAll(async () => {
  const [user, other] = await Promise.all([createTestUser(), createTestUser()]);
  token = user.accessToken;
  otherToken = other.accessToken;
  const ended = await callApi('POST', '/api/research/DM000009', { token, headers: { prefer: 'wait=20' } });
  reportId = String(ended.body.report_id);
});

describe('reports', () => {
  it('exports the document, valid against its schema, as a download', async () => {
    const answer = await callApi('GET', `/api/reports/${reportId}/export?format=json`, { token });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const document = reportDocumentSchema.parse(answer.body);
    expect(document.report).toMatchObject({ id: reportId, company: { company_number: 'DM000009' }, is_demo: true });
    expect(document.sections).toHaveLength(8);
  });

  it('shows the latest report under the company', async () => {
    const latest = await callApi('GET', '/api/research/DM000009', { token });
    expect(latest.body).toMatchObject({ id: reportId });
    expectProblem(await callApi('GET', '/api/research/DM000010', { token }), 404, 'not_found');
  });

  it('hides a report from everybody else', async () => {
    expectProblem(await callApi('GET', `/api/reports/${reportId}`, { token: otherToken }), 404, 'not_found');
    expectProblem(await callApi('GET', `/api/reports/${reportId}/export`, { token: otherToken }), 404, 'not_found');
    expectProblem(await callApi('GET', '/api/research/DM000009', { token: otherToken }), 404, 'not_found');
  });

  it('names the formats it knows', async () => {
    expectProblem(
      await callApi('GET', `/api/reports/${reportId}/export?format=doc`, { token }),
      400,
      'invalid_request',
    );
    expectProblem(await callApi('GET', '/api/reports/nonsense', { token }), 400, 'invalid_request');
  });
});

describe('companies', () => {
  it('finds a company by number, by name and despite a typing error', async () => {
    const company = (await callApi('GET', '/api/companies/DM000001', { token })).body;
    expect(company).toMatchObject({ id: 'DM000001', company_number: 'DM000001', is_demo: true });
    const name = String(company.name);
    const typo = name.slice(0, 6) + name.slice(7);
    for (const q of ['DM000001', name, typo]) {
      const found = await callApi('GET', `/api/companies?q=${encodeURIComponent(q)}`, { token });
      expect(found.body.items, q).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'DM000001' })]));
    }
  });

  it('pages through all companies without repeating one', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await callApi('GET', `/api/companies?limit=5${cursor && `&cursor=${cursor}`}`, { token });
      const items = page.body.items as { id: string }[];
      seen.push(...items.map(({ id }) => id));
      cursor = String(page.body.next_cursor ?? '');
    } while (cursor !== '' && seen.length < 100);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(12);
  });

  it('answers an unknown company with 404 and a search without result with an empty list', async () => {
    expectProblem(await callApi('GET', '/api/companies/99999999', { token }), 404, 'company_not_found');
    expect((await callApi('GET', '/api/companies?q=zzqqxxjjkk', { token })).body.items).toEqual([]);
  });
});

describe('everything else', () => {
  it('says that it is well, to anybody', async () => {
    expect(await callApi('GET', '/api/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('answers an unknown address with problem details', async () => {
    expectProblem(await callApi('GET', '/api/no/such/address', { token }), 404, 'not_found');
  });

  it.each(['/api/jobs', '/api/quota', '/api/companies', '/api/companies/DM000001', '/api/signals/DM000001'])(
    'asks for a session at %s',
    async (path) => {
      const answer = await callApi('GET', path);
      expectProblem(answer, 401, 'unauthenticated');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    },
  );
});
