import type { Advert } from './advert';
import type { KnownCompany } from './company-name';
import { mergeRoles } from './merge-roles';
import type { Board, JobBoardRoles, Role } from './schema';
import { toolsOfRoles } from './tools-of-roles';

/** A board with what it advertises; nothing where it could not be read. */
export type ReadBoard = { board: Board; adverts: readonly Advert[] };

/** One document of all that the boards of a company advertise: merged, newest first, counted. */
export function toDocument(boards: readonly ReadBoard[], site: string | null, company: KnownCompany): JobBoardRoles {
  const merged = mergeRoles(boards.flatMap(({ adverts }, board) => adverts.map((advert) => ({ ...advert, board }))));
  const tools = toolsOfRoles(
    merged.map(({ text }) => text),
    company,
  );
  const roles = merged.map(
    ({ text: _, firstPublished, ...role }, index): Role => ({
      title: role.title,
      department: role.department,
      locations: role.locations,
      remote: role.remote,
      first_published: firstPublished,
      url: role.url,
      board: role.board,
      adverts: role.adverts,
      tools: tools[index] ?? [],
    }),
  );
  return {
    total: roles.length,
    described: merged.filter(({ text }) => text.trim() !== '').length,
    site,
    boards: boards.map(({ board }) => board),
    roles,
    departments: tally(roles.map(({ department }) => (department === null ? [] : [department]))),
    locations: tally(roles.map(({ locations }) => locations)),
    tools: tally(roles.map((role) => role.tools.map(({ name }) => name))),
  };
}

/** How many roles have each name, most first, then by name. */
function tally(names: readonly (readonly string[])[]): { name: string; roles: number }[] {
  const counts = new Map<string, number>();
  for (const name of names.flatMap((list) => [...new Set(list)])) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, roles]) => ({ name, roles }))
    .sort((a, b) => b.roles - a.roles || (a.name < b.name ? -1 : 1));
}
