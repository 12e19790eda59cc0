import { unwrap } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';

/** The ids of places: all of Google Places that its terms allow to keep. */
export type PlaceIds = {
  get(companyId: string): Promise<string | null>;
  /** @param placeId null: the place is gone. */
  put(companyId: string, placeId: string | null): Promise<void>;
};

/** The table `company_places`. */
export function databasePlaceIds(db: Pick<ServiceClient, 'from'>): PlaceIds {
  return {
    async get(companyId) {
      const query = db.from('company_places').select('place_id').eq('company_id', companyId).maybeSingle();
      return unwrap(await query)?.place_id ?? null;
    },
    async put(companyId, placeId) {
      const table = db.from('company_places');
      if (placeId === null) unwrap(await table.delete().eq('company_id', companyId).select('company_id'));
      else unwrap(await table.upsert({ company_id: companyId, place_id: placeId }).select('company_id'));
    },
  };
}
