import { type AwardFeed, awardsSource } from '../procurement/awards-source';

const SITE = 'https://www.find-tender.service.gov.uk';

/** Awards above the thresholds of procurement law, from the whole United Kingdom. */
export const findATenderFeed: AwardFeed = {
  id: 'find_a_tender.awards',
  provider: 'find_a_tender',
  page: `${SITE}/Search/Results`,
  // In wider spans the service silently leaves releases out.
  spanHours: 6,
  path({ starts_at: from, ends_at: to }, pageSize, cursor) {
    const query = new URLSearchParams({
      updatedFrom: toSecond(from),
      updatedTo: toSecond(to),
      stages: 'award',
      limit: String(pageSize),
      ...(cursor !== null && { cursor }),
    });
    return `/api/1.0/ocdsReleasePackages?${query}`;
  },
  noticePage: ({ id }) => `${SITE}/Notice/${encodeURIComponent(id)}`,
};

export const findATenderSource = awardsSource(findATenderFeed);

function toSecond(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
