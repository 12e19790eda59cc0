import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getCompany } from '@/lib/companies/company-repository';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { callApi, expectProblem } from '../../support/api-client';
import { NEWCOMERS } from '../../support/newcomers';
import { createTestUser } from '../../support/users';

const COMPANIES = [
  { id: '61009000', name: 'XYLOGRAPH LIMITED' },
  { id: '61009001', name: 'XYLOGRAPH HOLDINGS PLC' },
  { id: '61009002', name: 'TWINSTONE LTD' },
  { id: '61009003', name: 'TWINSTONE LIMITED', status: 'dissolved' },
  { id: '61009004', name: 'QUILLBROOK & SONS LIMITED', status: 'dissolved' },
  { id: '61009005', name: 'PENNYWORT KITCHEN C.I.C.' },
  {
    id: '61009006',
    name: 'VELLUMCREST LIMITED',
    previous_names: [{ name: 'OLDGROVE MILLS LIMITED', effective_from: '2001-02-03', ceased_on: '2019-05-06' }],
  },
  { id: '61009007', name: 'THORNAPPLE PLC' },
  { id: '61009008', name: 'ORRERYFIELD LTD' },
  { id: NEWCOMERS.renamed.number, name: NEWCOMERS.renamed.formerly },
];

let token: string;
beforeAll(async () => {
  token = (await createTestUser()).accessToken;
  const rows = COMPANIES.map((company) => ({ status: 'active', ...company }));
  unwrap(await serviceClient().from('companies').upsert(rows).select('id'));
});

type Found = {
  outcome: string;
  company: { id: string } | null;
  candidates: { company: { id: string }; match: string; reasons: string[]; in_workspace: boolean }[];
  searched: string[];
  register: string;
  register_reason: string | null;
};

async function resolve(text: string): Promise<Found> {
  const { status, body } = await callApi('GET', `/api/companies/resolve?q=${encodeURIComponent(text)}`, { token });
  expect(status).toBe(200);
  return body as unknown as Found;
}

describe('finding the company that is meant', () => {
  it.each([
    ['a number as people write it', ' 6100 9001 ', '61009001', 'number'],
    ['the whole name', 'Xylograph Limited', '61009000', 'name'],
    ['another spelling of the legal form', 'xylograph ltd.', '61009000', 'name'],
    ['a name without its legal form', 'Xylograph', '61009000', 'name_without_form'],
    ['an ampersand spelled out', 'Quillbrook and Sons Ltd', '61009004', 'name'],
    ['dots left out', 'Pennywort Kitchen CIC', '61009005', 'name'],
    ['dots put in', 'Pennywort Kitchen C.I.C.', '61009005', 'name'],
  ])('takes %s', async (_, text, id, match) => {
    const { outcome, company, candidates } = await resolve(text);
    expect({ outcome, id: company?.id }).toEqual({ outcome: 'resolved', id });
    expect(candidates[0]).toMatchObject({ company: { id }, match });
  });

  it('never chooses between two of one name, not even when only one still trades', async () => {
    const { outcome, company, candidates } = await resolve('twinstone ltd');
    expect({ outcome, company }).toEqual({ outcome: 'ambiguous', company: null });
    expect(candidates.map((candidate) => [candidate.company.id, candidate.reasons])).toEqual([
      ['61009002', ['This is its name']],
      ['61009003', ['This is its name', 'Status: dissolved']],
    ]);
  });

  it('says of a company that it takes when it does not trade any more', async () => {
    const { candidates } = await resolve('Quillbrook & Sons Limited');
    expect(candidates[0]?.reasons).toContain('Status: dissolved');
  });

  it('offers who used to have a name, and does not take it for the one that is meant', async () => {
    const { outcome, candidates } = await resolve('Oldgrove Mills Ltd');
    expect(outcome).toBe('ambiguous');
    expect(candidates[0]).toMatchObject({
      company: { id: '61009006' },
      match: 'previous_name',
      reasons: ['It was called OLDGROVE MILLS LIMITED until 2019-05-06'],
    });
  });

  it('offers a company of another legal form, and one whose name is misspelt', async () => {
    const otherForm = await resolve('Thornapple Ltd');
    expect(otherForm).toMatchObject({ outcome: 'ambiguous', company: null });
    expect(otherForm.candidates[0]).toMatchObject({ company: { id: '61009007' }, match: 'other_form' });
    const misspelt = await resolve('xylografh');
    expect(misspelt).toMatchObject({ outcome: 'ambiguous', company: null });
    expect(misspelt.candidates[0]?.match).toBe('alike');
  });

  it('says when nothing comes near', async () => {
    expect(await resolve('wqzzkx')).toMatchObject({ outcome: 'not_found', company: null, candidates: [] });
    expect(await resolve('99999990')).toMatchObject({ company: null });
  });

  it('asks for a query and a session', async () => {
    expectProblem(await callApi('GET', '/api/companies/resolve', { token }), 400, 'invalid_request');
    expectProblem(await callApi('GET', '/api/companies/resolve?q=%20', { token }), 400, 'invalid_request');
    expectProblem(await callApi('GET', '/api/companies/resolve?q=x'), 401, 'unauthenticated');
  });
});

describe('finding a company that the workspace does not know', () => {
  afterEach(async () => {
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'DELETE' });
  });

  it('takes a name that only the register has, and does not add the company for that', async () => {
    const { number, name } = NEWCOMERS.found;
    const found = await resolve('whimbrel clockworks');
    expect(found).toMatchObject({
      outcome: 'resolved',
      company: { id: number, name },
      searched: ['workspace', 'register'],
      register: 'searched',
      register_reason: null,
    });
    expect(found.candidates[0]).toMatchObject({ match: 'name_without_form', in_workspace: false });
    expect(await getCompany(serviceClient(), number)).toBeNull();
  });

  it('takes a number that only the register has, and adds the company', async () => {
    const { number } = NEWCOMERS.byNumber;
    expect(await resolve(number.toLowerCase())).toMatchObject({
      outcome: 'resolved',
      company: { id: number },
      candidates: [{ match: 'number', in_workspace: true }],
      searched: ['workspace', 'register'],
    });
    expect(await getCompany(serviceClient(), number)).not.toBeNull();
  });

  it('does not take the only one of the workspace when the register has another of this name', async () => {
    const { outcome, company, candidates } = await resolve('Orreryfield Limited');
    expect({ outcome, company }).toEqual({ outcome: 'ambiguous', company: null });
    expect(candidates.slice(0, 2).map((candidate) => [candidate.company.id, candidate.in_workspace])).toEqual([
      ['61009008', true],
      [NEWCOMERS.homonym.number, false],
    ]);
  });

  it('judges a company by the name that it has on the register now', async () => {
    const { number, name, formerly } = NEWCOMERS.renamed;
    expect(await resolve(name)).toMatchObject({ outcome: 'resolved', company: { id: number, name } });
    const byOldName = await resolve(formerly);
    expect(byOldName).toMatchObject({ outcome: 'ambiguous', candidates: [{ match: 'previous_name' }] });
  });

  it.each([
    ['is down', { kind: 'status', status: 502 }, 'did not answer (502)'],
    ['does not answer', { kind: 'hang' }, 'did not answer within 2 seconds'],
  ])('says that only the workspace was searched while the register %s', async (_, fault, reason) => {
    const faults = JSON.stringify([{ path: '/search/companies*', ...fault }]);
    await fetch(`${process.env.SANDBOX_URL}/_faults`, { method: 'POST', body: faults });
    const startedAt = performance.now();
    const [known, unknown] = await Promise.all([resolve('Xylograph Limited'), resolve('whimbrel clockworks')]);
    expect(performance.now() - startedAt).toBeLessThan(3_500);
    const limited = {
      searched: ['workspace'],
      register: 'unavailable',
      register_reason: expect.stringContaining(reason),
    };
    expect(known).toMatchObject({ outcome: 'resolved', company: { id: '61009000' }, ...limited });
    expect(unknown).toMatchObject({ outcome: 'not_found', company: null, ...limited });
  });
});
