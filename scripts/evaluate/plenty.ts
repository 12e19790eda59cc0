import { PROVIDER_IDS } from '@/lib/sources/providers';

export const PLENTY = { limit: 1_000_000, windowSeconds: 60 } as const;

/** Rate windows of the sandbox that are never used up: an evaluation asks more in a minute than an installation in a day. */
export function plentyForAll(): Record<string, typeof PLENTY> {
  return Object.fromEntries(PROVIDER_IDS.map((id) => [id.replaceAll('_', '-'), PLENTY]));
}
