import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlaceIds } from '@/lib/sources/places/place-repository';
import { readLivePlace } from '@/lib/sources/places/read-live-place';
import { createSourcesIn, SOURCE_IDS } from '@/lib/sources/registry';
import { memoryCache, type SourceCache } from '@/lib/sources/source-cache';
import { sourceContext } from '../../../support/source-context';
import { type NewsServer, startNewsServer } from '../news/news-server';

const SEARCH = '/google-places/v1/places:searchText';
const company = {
  id: '01234567',
  name: 'ORDINARY KESTREL INSTRUMENTS LIMITED',
  postcode: 'ZZ1 1ZZ',
  website: null,
};
const place = {
  id: 'ChIJordinary',
  displayName: { text: 'Ordinary Kestrel Instruments' },
  formattedAddress: '1 Nowhere Road, Nowhere ZZ1 1ZZ, UK',
  businessStatus: 'OPERATIONAL',
  nationalPhoneNumber: '01632 960000',
  websiteUri: 'https://www.kestrel-instruments.example/',
  googleMapsUri: 'https://maps.google.com/?cid=1',
};

let server: NewsServer;
beforeAll(async () => {
  server = await startNewsServer();
});
afterAll(() => server.close());

/** Everything that is kept, as it is given to be kept. */
function keeper(known: string | null = null) {
  const kept: unknown[][] = [];
  const ids: PlaceIds = {
    get: async () => known,
    put: async (...row) => {
      kept.push(row);
    },
  };
  return { ids, kept };
}

const access = () => sourceContext(server.url).provider('google_places');

describe('a company on Google Maps', () => {
  it('is found by name and postcode, and shown', async () => {
    server.answers({ [SEARCH]: { body: { places: [{ ...place, id: 'x', displayName: { text: 'Other' } }, place] } } });
    const { ids } = keeper();
    expect(await readLivePlace(access(), ids, company)).toMatchObject({ state: 'found', place });
    expect(server.requests[0]?.headers).toMatchObject({
      'x-goog-api-key': 'test-key',
      'x-goog-fieldmask': expect.stringMatching(/^places\.id,places\.displayName,[^ *]+$/),
    });
  });

  it('leaves nothing behind but the id of the place', async () => {
    server.answers({ [SEARCH]: { body: { places: [place] } } });
    const { ids, kept } = keeper();
    const puts: unknown[] = [];
    const cache: SourceCache = { ...memoryCache(), put: async (...entry) => void puts.push(entry) };
    await readLivePlace(sourceContext(server.url, { cache }).provider('google_places'), ids, company);
    expect(kept).toEqual([['01234567', 'ChIJordinary']]);
    expect(puts).toEqual([]);
  });

  it('is asked for by its id the next time, and searched anew when that is gone', async () => {
    server.answers({ '/google-places/v1/places/ChIJordinary': { body: place } });
    const { ids, kept } = keeper('ChIJordinary');
    expect(await readLivePlace(access(), ids, company)).toMatchObject({ state: 'found' });
    expect(server.asked()).toEqual(['/google-places/v1/places/ChIJordinary']);
    expect(kept).toEqual([]);

    const gone = keeper('ChIJgone');
    server.answers({ [SEARCH]: { body: {} } });
    expect(await readLivePlace(access(), gone.ids, company)).toEqual({ state: 'not_found' });
    expect(gone.kept).toEqual([['01234567', null]]);
  });

  it.each([
    ['another postcode', { ...place, formattedAddress: '1 Nowhere Road, ZZ9 9ZZ, UK' }],
    ['another name', { ...place, displayName: { text: 'Kestrel Café' } }],
    ['no address at all', { id: 'x', displayName: place.displayName }],
  ])('is not guessed: a place with %s is not it', async (_name, other) => {
    server.answers({ [SEARCH]: { body: { places: [other] } } });
    const { ids, kept } = keeper();
    expect(await readLivePlace(access(), ids, company)).toEqual({ state: 'not_found' });
    expect(kept).toEqual([]);
  });

  it('is not asked for without a key', async () => {
    server.answers({});
    const settings = { apiKey: undefined, baseUrl: 'https://places.googleapis.com' };
    const without = sourceContext(server.url, { channels: { google_places: { settings } } }).provider('google_places');
    expect(await readLivePlace(without, keeper().ids, company)).toEqual({ state: 'not_configured' });
    expect(server.requests).toEqual([]);
  });

  it.each([
    [403, { error: { code: 403, message: 'The key test-key is not allowed', status: 'PERMISSION_DENIED' } }],
    [400, { error: { code: 400, message: 'test-key', status: 'INVALID_ARGUMENT' } }],
    [429, { error: { code: 429, message: 'Quota', status: 'RESOURCE_EXHAUSTED' } }],
    [200, { places: 'none' }],
  ])('says why when Google does not answer (%s), without its words', async (status, body) => {
    server.answers({ [SEARCH]: { status, body, headers: { 'Retry-After': '1' } } });
    const shown = await readLivePlace(access(), keeper().ids, company);
    expect(shown.state).toBe('unavailable');
    expect(JSON.stringify(shown)).not.toContain('test-key');
  });
});

describe('reports, scores, signals and exports', () => {
  it('cannot read Google Places: no source asks it', async () => {
    server.answers({});
    const sources = createSourcesIn(sourceContext(server.url));
    const input = { companyNumber: '01234567', companyName: company.name, postcode: company.postcode };
    await Promise.allSettled(SOURCE_IDS.map((id) => sources.read(id, input)));
    expect(SOURCE_IDS.filter((id) => id.includes('place'))).toEqual([]);
    expect(server.requests.length).toBeGreaterThan(SOURCE_IDS.length / 2);
    expect(server.asked().filter((asked) => asked.includes('google-places'))).toEqual([]);
  });

  it('cannot import what reads it: only the company page does', () => {
    const root = path.resolve(import.meta.dirname, '../../../..');
    const importers = ['app', 'components', 'lib', 'workers', 'scripts'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('sources/places/'))
        .filter((file) => /sources\/places\/|company_places/.test(readFileSync(path.join(root, folder, file), 'utf8')))
        .map((file) => `${folder}/${file}`),
    );
    expect(importers).toEqual(['app/(workspace)/companies/[id]/place-panel.tsx']);
  });
});
