import { isRelatedName, type KnownCompany } from './company-name';
import { findTools, type NamedTool } from './tools';

/** From this many advertisements on, what most of them say in the same words is about the company and not the role. */
const FEWEST_TO_COMPARE = 3;

/**
 * The tools that each advertisement names, once each, by name. Left out are the company's own name, and what more than
 * half of the advertisements say in the same words: that is the paragraph about the company.
 * @param texts of the advertisements, in their order.
 */
export function toolsOfRoles(texts: readonly string[], company: KnownCompany): NamedTool[][] {
  const found = texts.map((text) => findTools(text).filter(({ name }) => !isRelatedName(name, company)));
  const written = texts.filter((text) => text !== '').length;
  const adverts = new Map<string, number>();
  for (const tools of found) {
    for (const quote of new Set(tools.map(keyOf))) adverts.set(quote, (adverts.get(quote) ?? 0) + 1);
  }
  const isAboutCompany = (tool: NamedTool) =>
    written >= FEWEST_TO_COMPARE && (adverts.get(keyOf(tool)) ?? 0) > written / 2;
  return found.map((tools) => {
    const own = new Map<string, NamedTool>();
    for (const tool of tools) if (!own.has(tool.name) && !isAboutCompany(tool)) own.set(tool.name, tool);
    return [...own.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

function keyOf({ name, quote }: NamedTool): string {
  return `${name}|${quote}`;
}
