import { beforeAll, describe, expect, it } from 'vitest';
import { callApi } from '../../support/api-client';
import { createTestUser } from '../../support/users';

const BASE = '/api/admin/bull-board';

let admin: string;
let user: string;

beforeAll(async () => {
  admin = (await createTestUser({ admin: true })).accessToken;
  user = (await createTestUser()).accessToken;
});

function get(path: string, token: string): Promise<Response> {
  return fetch(`${process.env.APP_URL}${BASE}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

describe('Bull Board in the built application', () => {
  it('is no different from an address that does not exist for anybody but admins', async () => {
    const nothing = await callApi('GET', '/api/no-such-address', { token: user });
    for (const path of ['', '/api/queues', '/static/js/main.js']) {
      const answer = await callApi('GET', `${BASE}${path}`, { token: user });
      expect(answer.status).toBe(404);
      const { request_id: _, ...body } = answer.body;
      const { request_id: __, ...expected } = nothing.body;
      expect(body).toEqual(expected);
    }
  });

  it('serves its page and every file that the page names', async () => {
    const page = await get('', admin);
    expect(page.status).toBe(200);
    const html = await page.text();
    const base = /<base href="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(base).toContain(BASE);
    const files = [...html.matchAll(/(?:src|href)="((?:\.?\/)?(?:[^":]*\/)?static\/[^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(files.length).toBeGreaterThan(1);
    expect(html).not.toContain('fonts.googleapis.com');
    for (const file of files) {
      const answer = await get(`/static/${file.split('static/')[1]}`, admin);
      expect(answer.status, file).toBe(200);
    }
  });

  it('answers its own API, with a policy of its own', async () => {
    const answer = await get('/api/queues', admin);
    const body = await answer.json();
    expect(body.queues.map(({ name }: { name: string }) => name)).toEqual([
      'research',
      'enrichment',
      'buying-signals',
      'scoring',
    ]);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /style-src 'self' 'unsafe-inline'.*frame-ancestors 'none'/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });

  it('pauses and resumes a queue', async () => {
    expect((await callApi('PUT', `${BASE}/api/queues/enrichment/pause`, { token: admin })).status).toBe(200);
    const paused = await (await get('/api/queues', admin)).json();
    expect(paused.queues[1]).toMatchObject({ name: 'enrichment', isPaused: true });
    expect((await callApi('PUT', `${BASE}/api/queues/enrichment/resume`, { token: admin })).status).toBe(200);
  });
});
