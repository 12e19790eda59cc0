import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getCompany } from '@/lib/companies/company-repository';
import { serviceClient } from '@/lib/supabase/service-client';
import { callApi, expectProblem, untilEnded } from '../../support/api-client';
import { NEWCOMERS } from '../../support/newcomers';
import { createTestUser } from '../../support/users';

let token: string;
beforeAll(async () => {
  token = (await createTestUser()).accessToken;
});
afterEach(async () => {
  await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'DELETE' });
});

async function disturbRegister(...faults: Record<string, unknown>[]): Promise<void> {
  const disturbed = faults.map((fault) => ({ provider: 'companies-house', ...fault }));
  const answer = await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'POST', body: JSON.stringify(disturbed) });
  expect(answer.status).toBe(201);
}

describe('a company that the workspace does not know yet', () => {
  it('is read from the register when somebody opens it, and from then on known', async () => {
    const { number } = NEWCOMERS.opened;
    const opened = await callApi('GET', `/api/companies/${number.toLowerCase()}`, { token });
    expect(opened).toMatchObject({
      status: 200,
      body: {
        id: number,
        name: 'GOOSEFEATHER OBSERVATORY LIMITED',
        status: 'active',
        company_type: 'ltd',
        jurisdiction: 'england-wales',
        incorporated_on: '2015-03-04',
        address: { line_1: '3 Nowhere Lane', locality: 'Little Pretend', postal_code: 'ZZ1 3ZZ' },
        postal_code: 'ZZ1 3ZZ',
        sic_codes: ['26520'],
        accounts_category: 'micro-entity',
        confirmation_next_due: '2027-03-18',
        is_demo: false,
        register_read_at: expect.any(String),
        facts: [],
      },
    });
    const listed = await callApi('GET', '/api/companies?q=goosefeather', { token });
    expect(listed.body.items).toEqual([expect.objectContaining({ id: number })]);
  });

  it.each([
    ['research', NEWCOMERS.researched],
    ['enrichment', NEWCOMERS.enriched],
    ['scoring', NEWCOMERS.scored],
    ['signals', NEWCOMERS.watched],
  ])('can be worked on at once: %s', async (path, { number, name }) => {
    const started = await callApi('POST', `/api/${path}/${number}`, { token });
    expect(started.status).toBe(202);
    const ended = await untilEnded(String(started.body.job_id), token);
    expect(ended.body).toMatchObject({ job: { status: 'completed' }, company: { id: number, name } });
  });

  it('is added once by ten who ask in the same moment, and none of them fails', async () => {
    const { number } = NEWCOMERS.crowded;
    const users = await Promise.all(Array.from({ length: 5 }, () => createTestUser()));
    const answers = await Promise.all(
      users.flatMap(({ accessToken }) => [
        callApi('POST', `/api/signals/${number}`, { token: accessToken }),
        callApi('GET', `/api/companies/${number}`, { token: accessToken }),
      ]),
    );
    expect(answers.map(({ status }) => status)).toEqual(users.flatMap(() => [202, 200]));
  });

  it('is not found when the register has no such number, and the answer says who was asked', async () => {
    for (const [method, path] of [
      ['GET', '/api/companies/99999998'],
      ['POST', '/api/research/99999998'],
      ['POST', '/api/scoring/99999998'],
    ] as const) {
      const answer = await callApi(method, path, { token });
      expectProblem(answer, 404, 'company_not_found');
      expect(answer.body.detail).toBe(
        'Companies House has no company with the number 99999998. Check the number, or search by name.',
      );
    }
  });

  it.each([
    ['is down', { kind: 'status', status: 503 }, 'Companies House did not answer (503)'],
    ['does not answer', { kind: 'hang' }, 'Companies House did not answer within 3 seconds'],
    ['refuses the key', { kind: 'status', status: 401 }, 'Companies House refused our key (401)'],
  ])('could not be looked up while the register %s, which is not the same as not found', async (_, fault, reason) => {
    const { number } = NEWCOMERS.unreachable;
    await disturbRegister({ path: `/company/${number}`, ...fault });
    const startedAt = performance.now();
    const [opened, started] = await Promise.all([
      callApi('GET', `/api/companies/${number}`, { token }),
      callApi('POST', `/api/research/${number}`, { token }),
    ]);
    for (const answer of [opened, started]) {
      expectProblem(answer, 503, 'register_unavailable');
      expect(answer.body.detail).toContain(reason);
    }
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(await getCompany(serviceClient(), number)).toBeNull();
    const { body } = await callApi('GET', '/api/jobs?queue=research', { token });
    expect(JSON.stringify(body)).not.toContain(number);
  });

  it('costs known companies nothing: with the register silent they open and start as before', async () => {
    await disturbRegister({ path: '/company/DM000012', kind: 'hang' }, { path: '/search*', kind: 'hang' });
    const startedAt = performance.now();
    const opened = await callApi('GET', '/api/companies/DM000012', { token });
    const started = await callApi('POST', '/api/scoring/DM000012', { token });
    const resolved = await callApi('GET', '/api/companies/resolve?q=DM000012', { token });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect([opened.status, started.status, resolved.status]).toEqual([200, 202, 200]);
    expect(resolved.body).toMatchObject({ outcome: 'resolved', searched: ['workspace'], register: 'not_needed' });
  });
});

describe('the register itself', () => {
  const search = (q: string, asked = token) =>
    callApi('GET', `/api/companies/register?q=${encodeURIComponent(q)}`, { token: asked });

  it('is searched by name, also for companies that nobody has added', async () => {
    const answer = await search('fernhollow');
    expect(answer.status).toBe(200);
    expect(answer.body.items).toEqual([
      {
        id: 'TX000011',
        company_number: 'TX000011',
        name: 'FERNHOLLOW CAROUSELS LIMITED',
        status: 'active',
        company_type: 'ltd',
        incorporated_on: '2015-03-04',
        dissolved_on: null,
        locality: 'Little Pretend',
        postal_code: 'ZZ1 3ZZ',
        address_line: '3, Nowhere Lane, Little Pretend, ZZ1 3ZZ',
        previous_names: [],
        is_demo: false,
      },
      expect.objectContaining({ id: 'TX000012', status: 'dissolved', dissolved_on: '2024-05-06' }),
    ]);
    expect((await search('zzqqxxjjkk')).body.items).toEqual([]);
    expect((await search('marmalade')).body.items).toEqual([
      expect.objectContaining({ id: 'DM000001', is_demo: true }),
    ]);
  });

  it('is not asked for less than three characters, nor without a session', async () => {
    expectProblem(await search('  ab '), 400, 'invalid_request');
    expectProblem(await callApi('GET', '/api/companies/register', { token }), 400, 'invalid_request');
    expectProblem(await callApi('GET', '/api/companies/register?q=fernhollow'), 401, 'unauthenticated');
  });

  it('says that it could not be asked, soon', async () => {
    await disturbRegister({ path: '/search/companies*', kind: 'hang' });
    const startedAt = performance.now();
    const answer = await search('fernhollow');
    expectProblem(answer, 503, 'register_unavailable');
    expect(answer.body.detail).toContain('Companies House did not answer within 2 seconds');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('takes thirty questions a minute of one person, and as many of another', async () => {
    const [eager, other] = await Promise.all([createTestUser(), createTestUser()]);
    const answers = await Promise.all(Array.from({ length: 31 }, () => search('fernhollow', eager.accessToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
    const refused = answers.find(({ status }) => status !== 200);
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(refused?.body.detail).toContain('You have searched the register often');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await search('fernhollow', other.accessToken)).status).toBe(200);
    const resolved = await callApi('GET', '/api/companies/resolve?q=DEMO%20TEACUP%20REPAIRS', {
      token: eager.accessToken,
    });
    expect(resolved.body).toMatchObject({ outcome: 'resolved', searched: ['workspace'], register: 'unavailable' });
  });
});
