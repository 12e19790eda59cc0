import type { Advert } from './advert';

/** An advertisement of one of several boards. */
export type BoardAdvert = Advert & { board: number };
/** A role with the number of advertisements that were merged into it. */
export type MergedRole = Omit<BoardAdvert, 'vacancy'> & { adverts: number };

/**
 * One role for all advertisements of it: those that share the board's key of the vacancy, and those with the same title
 * in the same department for other places. The earliest day is the day of first publication.
 */
export function mergeRoles(adverts: readonly BoardAdvert[]): MergedRole[] {
  const roles = new Map<string, MergedRole>();
  const keyOfVacancy = new Map<string, string>();
  for (const advert of adverts) {
    const vacancy = `${advert.board}:${advert.vacancy}`;
    const key = keyOfVacancy.get(vacancy) ?? titleKey(advert);
    keyOfVacancy.set(vacancy, key);
    const known = roles.get(key);
    roles.set(key, known === undefined ? toRole(advert) : merged(known, advert));
  }
  return [...roles.values()].sort(newestFirst);
}

function toRole({ vacancy: _, ...advert }: BoardAdvert): MergedRole {
  return { ...advert, adverts: 1 };
}

function merged(role: MergedRole, advert: BoardAdvert): MergedRole {
  const days = [role.firstPublished, advert.firstPublished].filter((day) => day !== null).sort();
  return {
    ...role,
    department: role.department ?? advert.department,
    locations: [...new Set([...role.locations, ...advert.locations])],
    remote: role.remote === null ? advert.remote : role.remote || advert.remote === true,
    firstPublished: days[0] ?? null,
    text: role.text || advert.text,
    adverts: role.adverts + 1,
  };
}

/** The title without a place at its end that the advertisement names as its own: "Engineer (Leeds)", "Engineer - Leeds". */
function titleKey({ title, department, locations }: Advert): string {
  const placeNames = new Set(locations.flatMap((place) => [place, ...place.split(',')].map(folded)));
  const [, head, tail] = /^(.*?\S)\s*(?:[-–—|,]\s+|\()([^()|–—]+?)\)?\s*$/.exec(title) ?? [];
  const bare = head !== undefined && tail !== undefined && placeNames.has(folded(tail)) ? head : title;
  return `${folded(bare)}|${folded(department ?? '')}`;
}

function folded(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}

function newestFirst(a: MergedRole, b: MergedRole): number {
  return (
    (b.firstPublished ?? '').localeCompare(a.firstPublished ?? '') ||
    (a.title < b.title ? -1 : a.title > b.title ? 1 : 0) ||
    ((a.url ?? '') < (b.url ?? '') ? -1 : 1)
  );
}
