import { type AwardFeed, awardsSource } from '../procurement/awards-source';

const SITE = 'https://www.contractsfinder.service.gov.uk';

/** Awards of public bodies in England, from GBP 12,000 (central government) or GBP 30,000 (others). */
export const contractsFinderFeed: AwardFeed = {
  id: 'contracts_finder.awards',
  provider: 'contracts_finder',
  page: `${SITE}/Search/Results`,
  spanHours: 24,
  path({ starts_at: from, ends_at: to }, pageSize, cursor) {
    const query = new URLSearchParams({
      publishedFrom: toSecond(from),
      publishedTo: toSecond(to),
      stages: 'award',
      limit: String(pageSize),
      ...(cursor !== null && { cursor }),
    });
    return `/Published/Notices/OCDS/Search?${query}`;
  },
  // A release is named by its notice and a number.
  noticePage: ({ id }) => `${SITE}/Notice/${encodeURIComponent(id.replace(/-\d+$/, ''))}`,
};

export const contractsFinderSource = awardsSource(contractsFinderFeed);

function toSecond(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
