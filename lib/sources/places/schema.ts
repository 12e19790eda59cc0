import { z } from 'zod';

const optionalText = z.string().nullish().catch(null);

/** A place of Google Places (New), as far as the field mask asks for it. */
export const placeSchema = z.object({
  id: z.string().min(1).max(512),
  displayName: z.object({ text: z.string() }).nullish().catch(null),
  formattedAddress: optionalText,
  businessStatus: optionalText,
  websiteUri: optionalText,
  nationalPhoneNumber: optionalText,
  googleMapsUri: optionalText,
  attributions: z
    .array(z.object({ provider: optionalText, providerUri: optionalText }))
    .nullish()
    .catch(null),
});
/** Nothing found is `{}`. */
export const placeSearchSchema = z.object({ places: z.array(placeSchema).default([]) });

export type Place = z.infer<typeof placeSchema>;

/** What the panel shows, or why it shows nothing. Lives as long as one answer to a person; it is kept nowhere. */
export type LivePlace =
  | { state: 'found'; place: Place }
  | { state: 'not_found' }
  | { state: 'not_configured' }
  | { state: 'unavailable'; reason: string };
