import { AppError } from '@/lib/errors';
import { parseDocument, parseJson } from '../outbound/json-answer';
import type { ProviderAccess } from '../providers';
import { isReported } from '../read-outcome';
import { matchesCompany, type PlacedCompany } from './matches-company';
import type { PlaceIds } from './place-repository';
import { type LivePlace, type Place, placeSchema, placeSearchSchema } from './schema';

/** Decides the price of a request as well: nothing is asked for that is not shown. */
const FIELDS = [
  'id',
  'displayName',
  'formattedAddress',
  'businessStatus',
  'websiteUri',
  'nationalPhoneNumber',
  'googleMapsUri',
  'attributions',
];
const RESULTS = 5;

/**
 * Asks Google Places about a company, for a person who looks at it now. Only the id of the place is kept; its terms allow
 * nothing else. It is no source of `SourceId`, so no report, score, signal or export can read it.
 * @throws AppError of the database, and the reason of the access's signal.
 */
export async function readLivePlace(
  access: ProviderAccess,
  ids: PlaceIds,
  company: PlacedCompany & { id: string },
): Promise<LivePlace> {
  if (!access.isConfigured) return { state: 'not_configured' };
  const known = await ids.get(company.id);
  try {
    const place = (known !== null ? await readPlace(access, known) : null) ?? (await findPlace(access, company));
    const found = place?.id ?? null;
    if (found !== known) await ids.put(company.id, found);
    return place === null ? { state: 'not_found' } : { state: 'found', place };
  } catch (error) {
    if (!(error instanceof AppError) || !isReported(error, access)) throw error;
    return { state: 'unavailable', reason: error.detail };
  }
}

/** @returns null when the place is no longer known by this id: shops move and close. */
async function readPlace(access: ProviderAccess, placeId: string): Promise<Place | null> {
  const answer = await access.get(`/v1/places/${encodeURIComponent(placeId)}`, { headers: headersOf(access, FIELDS) });
  if (answer.status === 404 || answer.status === 400) return null;
  refuseFailure(access, answer.status);
  return parseDocument(access.name, placeSchema, parseJson(access.name, answer), 'place');
}

async function findPlace(access: ProviderAccess, company: PlacedCompany): Promise<Place | null> {
  const answer = await access.post(
    '/v1/places:searchText',
    {
      textQuery: [company.name, company.postcode].filter(Boolean).join(', '),
      regionCode: 'GB',
      languageCode: 'en-GB',
      pageSize: RESULTS,
    },
    {
      headers: headersOf(
        access,
        FIELDS.map((field) => `places.${field}`),
      ),
    },
  );
  refuseFailure(access, answer.status);
  const { places } = parseDocument(access.name, placeSearchSchema, parseJson(access.name, answer), 'places');
  return places.find((place) => matchesCompany(place, company)) ?? null;
}

function headersOf(access: ProviderAccess, fields: readonly string[]): Record<string, string> {
  return { 'X-Goog-Api-Key': access.apiKey ?? '', 'X-Goog-FieldMask': fields.join(',') };
}

/** The error's own message may repeat the key, so only the status is told. */
function refuseFailure(access: ProviderAccess, status: number): void {
  if (status !== 200) {
    throw new AppError('provider_contract', { detail: `${access.name} did not accept the request (${status})` });
  }
}
