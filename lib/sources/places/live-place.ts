import { serviceClient } from '@/lib/supabase/service-client';
import { sharedAccess } from '../outbound/shared-access';
import { memoryCache } from '../source-cache';
import type { PlacedCompany } from './matches-company';
import { databasePlaceIds } from './place-repository';
import { readLivePlace } from './read-live-place';
import type { LivePlace } from './schema';

/** What Google Maps knows of a company right now, over the shared way out and with a cache that ends with the answer. */
export async function livePlaceOf(company: PlacedCompany & { id: string }): Promise<LivePlace> {
  return readLivePlace(placesAccess(), databasePlaceIds(serviceClient()), company);
}

/** Whether this installation has a key for Google Places, or a stand-in. */
export function canShowPlaces(): boolean {
  return placesAccess().isConfigured;
}

function placesAccess() {
  const { signal } = new AbortController();
  return sharedAccess({ signal, now: () => new Date(), cache: memoryCache() }).provider('google_places');
}
