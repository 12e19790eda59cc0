import type { SourceDefinition } from '../define-source';
import { sha256 } from '../outbound/json-answer';
import type { Website } from '../website/schema';
import { TECHNOLOGY_MARKS } from '../website/technology-marks';
import { historySource } from './history-source';

/** Better marks find more on the same page, which then is no news: with other marks a history begins anew. */
const MARKS = sha256(
  JSON.stringify(
    TECHNOLOGY_MARKS.map(({ name, marks }) => [
      name,
      Object.entries(marks).map(([place, mark]) => [place, String(mark)]),
    ]),
  ),
).slice(0, 12);

/** Technologies that readings of a company's own web site have found. */
export function websiteHistorySource(of: SourceDefinition<Website>) {
  return historySource({
    id: 'website.history',
    of,
    version: (ctx, { site }) => `${MARKS}:${site?.host ?? ''}@${ctx.web.origin}`,
    whyNone: 'No web site is proved to be the company’s own.',
    snapshot: ({ site, pages, technologies, match }) =>
      site === null
        ? null
        : {
            places: pages.map(({ url }) => url),
            things: technologies.map(({ name, matched, page }) => ({
              key: name.toLowerCase(),
              name,
              detail: matched,
              place: pages[page]?.url ?? '',
              match: match?.worth ?? 0,
            })),
          },
  });
}
