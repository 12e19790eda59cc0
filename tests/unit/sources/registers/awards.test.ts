import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractsFinderSource } from '@/lib/sources/contracts-finder/awards-source';
import { findATenderSource } from '@/lib/sources/find-a-tender/awards-source';
import { readPackage } from '@/lib/sources/procurement/read-package';
import { type ProviderServer, startProviderServer } from '@/tests/support/provider-server';
import { sourceContext } from '@/tests/support/source-context';

let server: ProviderServer;
beforeAll(async () => {
  server = await startProviderServer();
});
afterAll(() => server.close());

const NOW = new Date('2026-11-23T09:00:00Z');
const ACME = { companyNumber: '04482788', companyName: 'Acme Widgets Ltd', postcode: 'PE30 5BY' };

/** A release in the form in which Contracts Finder sends them. */
const release = (id: string, party: object = {}, more: object = {}) => ({
  ocid: `ocds-test-${id}`,
  id: `${id}-804225`,
  date: '2026-11-20T16:23:20Z',
  tag: ['award'],
  buyer: { id: 'B1', name: 'Sampleton Borough Council' },
  tender: { title: 'Asset Management' },
  parties: [{ id: 'S1', name: 'Acme Widgets Limited', roles: ['supplier'], ...party }],
  awards: [
    {
      id: `${id}-1`,
      status: 'active',
      date: '2026-11-15T00:00:00Z',
      value: { amount: 232600, currency: 'GBP' },
      suppliers: [{ id: 'S1', name: 'Acme Widgets Limited' }],
      contractPeriod: { startDate: '2026-11-15T00:00:00Z', endDate: '2028-11-14T23:59:59Z' },
      ...more,
    },
  ],
});
const byNumber = { identifier: { scheme: 'GB-COH', id: '4482788' } };

function send(text: string | Buffer, status = 200): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(text);
  };
}

const context = (now = NOW) => sourceContext(server.url, { now: () => now });
const packageOf = (...releases: object[]) => JSON.stringify({ releases });
const read = (text: string | Buffer) =>
  readPackage('Test', { headers: new Headers({ 'content-type': 'application/json' }), bytes: Buffer.from(text) });

describe('awards of a company', () => {
  it('are found by the company number, whatever its zeros', async () => {
    server.answerWith(send(packageOf(release('a', byNumber))));
    const outcome = await contractsFinderSource.read(context(), ACME);
    expect(outcome).toMatchObject({
      outcome: 'ok',
      data: {
        awards: [
          { title: 'Asset Management', amount: 232_600, awarded_on: '2026-11-15', matched_by: 'company_number' },
        ],
      },
    });
    expect(server.requests[0]?.path).toContain('/Published/Notices/OCDS/Search?publishedFrom=');
    expect(server.requests[0]?.path).toContain('stages=award');
  });

  it('are found by name and postcode where the notice gives no number, be the address in one line', async () => {
    const address = { streetAddress: "King's Lynn Innovation Centre, 1 Innovation Drive, Norfolk, PE30 5BY" };
    server.answerWith(send(packageOf(release('a', { address }))));
    const outcome = await findATenderSource.read(context(), ACME);
    expect(outcome).toMatchObject({ data: { awards: [{ matched_by: 'name_and_postcode' }] } });
    expect(server.requests[0]?.path).toContain('/api/1.0/ocdsReleasePackages?updatedFrom=');
  });

  it('are not those of a namesake elsewhere, of another number, or of a name alone', async () => {
    const elsewhere = release('a', { address: { postalCode: 'AB10 1AA' } });
    const other = release('b', {
      identifier: { scheme: 'GB-COH', id: '01234567' },
      address: { postalCode: 'PE30 5BY' },
    });
    server.answerWith(send(packageOf(elsewhere, other, release('c'))));
    const outcome = await contractsFinderSource.read(context(), ACME);
    expect(outcome).toMatchObject({ outcome: 'empty' });
    expect('reason' in outcome && outcome.reason).toMatch(
      /^Of the awards that Contracts Finder published from .* to 23 November 2026, none names this company/,
    );
  });

  it('that were cancelled do not count', async () => {
    server.answerWith(send(packageOf(release('a', byNumber, { status: 'cancelled' }))));
    expect(await contractsFinderSource.read(context(), ACME)).toMatchObject({ outcome: 'empty' });
  });

  it('are read once for all companies, page by page, without following a link to another host', async () => {
    const ctx = context();
    server.answerWith((request, response) => {
      const next = request.url?.includes('cursor=2') ? {} : { links: { next: 'https://elsewhere.example/x?cursor=2' } };
      const found = request.url?.includes('cursor=2') ? [release('b', byNumber)] : [release('a', byNumber)];
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ releases: found, ...next }));
    });
    expect(await contractsFinderSource.read(ctx, ACME)).toMatchObject({ data: { awards: [{}, {}] } });
    const asked = server.requests.length;
    await contractsFinderSource.read(ctx, { ...ACME, companyNumber: '00000006' });
    expect(server.requests).toHaveLength(asked);
  });

  it('stay known while the service is down, marked as not renewed', async () => {
    const first = context();
    server.answerWith(send(packageOf(release('a', byNumber))));
    await contractsFinderSource.read(first, ACME);
    server.answerWith(send('<html>', 403));
    const later = { ...first, now: () => new Date(NOW.getTime() + 7 * 3_600_000) };
    expect(await contractsFinderSource.read(later, ACME)).toMatchObject({ outcome: 'ok', origin: { stale: true } });
  });

  it('are unavailable, not none, when nothing could be read yet', async () => {
    server.answerWith(send('Too many requests', 403));
    expect(await contractsFinderSource.read(context(), ACME)).toMatchObject({
      outcome: 'unavailable',
      code: 'provider_rate_limited',
    });
  });
});

describe('a page of releases', () => {
  it('in ISO-8859-1 is read as such', () => {
    const text = packageOf({ ...release('a'), buyer: { name: 'Café of Sampleton' } });
    expect(read(Buffer.from(text, 'latin1')).releases[0]?.buyer?.name).toBe('Café of Sampleton');
  });

  it('with an amount of 1e9999 gives the award without an amount', () => {
    const text = packageOf(release('a')).replace('232600', '1e9999');
    expect(read(text)).toMatchObject({ damaged: 0, releases: [{ awards: [{ value: { amount: null } }] }] });
  });

  it('with a number such as 12 000 loses this release alone, and says so', () => {
    const text = packageOf(release('a'), release('b'), release('c')).replace('232600', '12 000');
    const { releases, damaged } = read(text);
    expect({ ids: releases.map(({ ocid }) => ocid), damaged }).toEqual({
      ids: ['ocds-test-b', 'ocds-test-c'],
      damaged: 1,
    });
  });

  it.each([
    ['cut off', packageOf(release('a')).slice(0, -30)],
    ['damaged around its releases', packageOf(release('a')).replace('{', '{ unquoted: ,')],
    ['empty', ''],
    ['of another form', '{"unexpected":true}'],
  ])('that is %s fails as a whole', (_how, text) => {
    expect(() => read(text)).toThrow('cannot be read');
  });
});
