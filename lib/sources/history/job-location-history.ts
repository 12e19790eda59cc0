import type { SourceDefinition } from '../define-source';
import type { JobBoardRoles } from '../job-boards/schema';
import { historySource } from './history-source';

/** Of the readers of boards: better ones may write places in another way. */
const READERS = 'v1';
/** No place to open. */
const ANYWHERE = /\b(remote|anywhere|hybrid|home|worldwide|global|multiple|various|flexible)\b/i;

/** Places for which readings of a company's job boards have found roles. */
export function jobLocationHistorySource(of: SourceDefinition<JobBoardRoles>) {
  return historySource({
    id: 'job_boards.history',
    of,
    version: (ctx) => `${READERS}@${ctx.provider('greenhouse').origin}`,
    snapshot: ({ boards, roles }) => ({
      places: boards.flatMap(({ url, unread }) => (unread === null ? [url] : [])),
      things: roles.flatMap(({ title, locations, board }) =>
        locations.flatMap(placesIn).map(({ key, name }) => ({
          key,
          name,
          detail: title,
          place: boards[board]?.url ?? '',
          match: boards[board]?.proof.match ?? 0,
        })),
      ),
    }),
  });
}

/** "London, UK" and "London" are one place; "Leeds / York" are two. */
function placesIn(location: string): { key: string; name: string }[] {
  return location.split(/[/;|]| or /).flatMap((part) => {
    const name = part.split(',')[0]?.replace(/\s+/g, ' ').trim() ?? '';
    const key = name
      .toLowerCase()
      .replace(/[^\p{L}\d]+/gu, ' ')
      .trim();
    return key === '' || ANYWHERE.test(part) ? [] : [{ key, name }];
  });
}
