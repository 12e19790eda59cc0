import { beforeAll, describe, expect, it } from 'vitest';
import { callApi, expectProblem } from '../../support/api-client';
import { createTestUser } from '../../support/users';

let owner: { id: string; email: string; accessToken: string };
let other: { id: string; email: string; accessToken: string };
let reportId: string;
const CONTEXT = 'We sell zeppelins to people who whisper.';

beforeAll(async () => {
  [owner, other] = await Promise.all([createTestUser(), createTestUser()]);
  const ended = await callApi('POST', '/api/research/DM000009', {
    token: owner.accessToken,
    headers: { prefer: 'wait=20' },
    body: { user_context: CONTEXT, focus_areas: ['Zeppelins'] },
  });
  reportId = String(ended.body.report_id);
});

async function share(body: unknown = {}): Promise<{ id: string; url: string; path: string; expires_at: string }> {
  const answer = await callApi('POST', `/api/reports/${reportId}/share`, { token: owner.accessToken, body });
  expect(answer.status).toBe(201);
  const { id, url, expires_at } = answer.body;
  return { id: String(id), url: String(url), path: new URL(String(url)).pathname, expires_at: String(expires_at) };
}

/** As somebody without an account. */
async function visit(path: string): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${process.env.APP_URL}${path}`, { redirect: 'manual' });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

describe('a share link', () => {
  it('shows the whole report without an account, and nothing of who had it written', async () => {
    const { path } = await share();
    const page = await visit(path);
    expect(page.status).toBe(200);
    expect(page.text).toContain('DEMO COMPASS ROBOTICS LTD');
    expect(page.text).toContain('What we could not find');
    expect(page.text).toMatch(/<meta name="robots" content="noindex, nofollow"/);
    expect(page.text).toMatch(/<meta name="referrer" content="no-referrer"/);
    const secrets = [owner.id, owner.email, reportId, CONTEXT, 'Zeppelins', 'research:DM000009'];
    expect(secrets.filter((secret) => page.text.includes(secret))).toEqual([]);
  });

  it('ends on the day that was asked for, a month by default', async () => {
    const inDays = ({ expires_at }: { expires_at: string }) => (Date.parse(expires_at) - Date.now()) / 86_400_000;
    expect(inDays(await share())).toBeCloseTo(30, 1);
    expect(inDays(await share({ expires_in_days: 1 }))).toBeCloseTo(1, 1);
  });

  it('is listed without its address, and shows nothing once it is ended', async () => {
    const { id, path } = await share();
    const list = await callApi('GET', `/api/reports/${reportId}/share`, { token: owner.accessToken });
    expect(list.body.items).toEqual(expect.arrayContaining([expect.objectContaining({ id })]));
    expect(JSON.stringify(list.body)).not.toContain(path.split('/').at(-1));

    const address = `/api/reports/${reportId}/share?share_id=${id}`;
    expect((await callApi('DELETE', address, { token: owner.accessToken })).body).toEqual({ revoked: 1 });
    expect((await callApi('DELETE', address, { token: owner.accessToken })).body).toEqual({ revoked: 0 });
    expect((await visit(path)).status).toBe(404);
    const rest = await callApi('GET', `/api/reports/${reportId}/share`, { token: owner.accessToken });
    expect(JSON.stringify(rest.body)).not.toContain(id);
  });

  it('answers an ended, a made-up and a malformed one alike', async () => {
    const { path } = await share();
    await callApi('DELETE', `/api/reports/${reportId}/share`, { token: owner.accessToken });
    const pages = [await visit(path), await visit(`/share/${'a'.repeat(43)}`), await visit('/share/..%2f..%2fadmin')];
    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404]);
    for (const { text } of pages) expect(text).toContain('This link shows no report');
  });

  it('can be made, seen and ended by the owner of the report only', async () => {
    const { id, path } = await share();
    const token = other.accessToken;
    const address = `/api/reports/${reportId}/share`;
    expectProblem(await callApi('POST', address, { token, body: {} }), 404, 'not_found');
    expectProblem(await callApi('GET', address, { token }), 404, 'not_found');
    expectProblem(await callApi('DELETE', `${address}?share_id=${id}`, { token }), 404, 'not_found');
    expectProblem(await callApi('POST', address, { body: {} }), 401, 'unauthenticated');
    expect((await visit(path)).status).toBe(200);
  });

  it('says what is wrong with a wish it does not take', async () => {
    for (const expires_in_days of [0, 366, 1.5, 'soon']) {
      const answer = await callApi('POST', `/api/reports/${reportId}/share`, {
        token: owner.accessToken,
        body: { expires_in_days },
      });
      expectProblem(answer, 400, 'invalid_request');
      expect(answer.body.detail).toContain('from 1 to 365');
    }
  });

  it('is refused when twenty are open', async () => {
    await callApi('DELETE', `/api/reports/${reportId}/share`, { token: owner.accessToken });
    for (let n = 0; n < 20; n += 1) await share();
    const full = await callApi('POST', `/api/reports/${reportId}/share`, { token: owner.accessToken, body: {} });
    expectProblem(full, 409, 'too_many_shares');
    const ended = await callApi('DELETE', `/api/reports/${reportId}/share`, { token: owner.accessToken });
    expect(ended.body).toEqual({ revoked: 20 });
  });
});
