import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { callApi, expectProblem } from '../../support/api-client';
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
  candidates: { company: { id: string }; match: string; reasons: string[] }[];
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
