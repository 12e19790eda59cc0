import { companyNameKey } from '@/lib/companies/name-key';
import { isNode, type JsonLdNode, nodesOf, textsOf, typesOf } from './json-ld';
import type { ReadPage } from './read-site';
import type { Organisation, SitePerson } from './schema';
import { oneLine } from './visible-text';

/** Members under which an organisation names its own people; a founder's part in it is known without a title. */
const MEMBERS = ['founder', 'founders', 'employee', 'employees', 'member', 'members'] as const;
const MOST = 20;
/** Two to five words with capitals, particles aside: what is no name of a person is left out. */
const NAME =
  /^(?:\p{Lu}[\p{L}\p{M}'’.-]*|van|von|de|der|den|di|da|du|del|la|le|bin|al)(?: (?:\p{Lu}[\p{L}\p{M}'’.-]*|van|von|de|der|den|di|da|du|del|la|le|bin|al)){1,4}$/u;
const TITLE = /^\p{L}[^<>{}@|]{1,79}$/u;
const LINK = /https?:|www\.|\d{5}/i;
/** Pages on which a company shows who works for it. */
const TEAM_PAGE = /\b(team|people|about|leadership|management|directors|board|who-we-are|our-story|staff)\b/i;
/** Marked up in here, people are authors, guests or customers. */
const OTHERS_WORDS = ['Article', 'BlogPosting', 'NewsArticle', 'Review', 'Comment', 'Event', 'Quotation'];

/**
 * People whom the site itself describes as its own, by name and title, in JSON-LD or in microdata of a page about the
 * team. Nothing else about them is taken: no address, no picture, no profile on a network.
 */
export function findPeople(pages: readonly ReadPage[]): SitePerson[] {
  const names = ownNames(pages.flatMap(({ organisations }) => organisations));
  const found = pages.flatMap((page, index) => {
    if (!page.quotable) return [];
    const described = [...inJsonLd(page, names), ...inMicrodata(page)];
    return described.map((person) => ({ ...person, page: index }));
  });
  const once = new Map(
    found
      .filter(isPerson)
      .map((person) => [person.name.toLowerCase(), person] as const)
      .reverse(),
  );
  return [...once.values()].reverse().slice(0, MOST);
}

type Described = Pick<SitePerson, 'name' | 'role' | 'found_in'>;

function inJsonLd({ jsonLd }: ReadPage, names: ReadonlySet<string>): Described[] {
  const nodes = nodesOf(jsonLd);
  const named = nodes
    .filter((node) => isOwn(node, names))
    .flatMap((node) =>
      MEMBERS.flatMap((member) =>
        [node[member]]
          .flat()
          .filter(isNode)
          .map((person) => described(person, member.startsWith('founder') ? 'founder' : null)),
      ),
    );
  const working = nodes
    .filter((node) => typesOf(node).includes('Person'))
    .filter((node) => [node.worksFor].flat().some((employer) => isNode(employer) && isOwn(employer, names)))
    .map((node) => described(node, null));
  return [...named, ...working].flatMap((person) => person ?? []);
}

function described(node: JsonLdNode, part: string | null): Described | null {
  const types = typesOf(node);
  if (types.length > 0 && !types.includes('Person')) return null;
  const role = textsOf(node.jobTitle)[0] ?? part;
  const name = textsOf(node.name)[0];
  return name === undefined || role === null ? null : { name, role, found_in: 'json_ld' };
}

function inMicrodata({ document, web }: ReadPage): Described[] {
  if (!TEAM_PAGE.test(new URL(web.url).pathname.replaceAll('_', '-'))) return [];
  return [...document.querySelectorAll('[itemscope][itemtype$="schema.org/Person"]')]
    .filter((person) => !isWithinOthersWords(person))
    .flatMap((person): Described[] => {
      const text = (member: string) => oneLine(person.querySelector(`[itemprop="${member}"]`)?.textContent ?? '', 200);
      return [{ name: text('name'), role: text('jobTitle'), found_in: 'microdata' }];
    });
}

function isWithinOthersWords(element: Element): boolean {
  if (/\b(author|reviewer|creator|performer)\b/.test(element.getAttribute('itemprop') ?? '')) return true;
  return OTHERS_WORDS.some((type) => element.closest(`[itemtype$="schema.org/${type}"]`) !== null);
}

function ownNames(organisations: readonly Organisation[]): Set<string> {
  return new Set(
    organisations
      .flatMap(({ name, legal_name: legal }) => [name, legal])
      .flatMap((name) => (name ? [companyNameKey(name)] : [])),
  );
}

function isOwn(node: JsonLdNode, names: ReadonlySet<string>): boolean {
  return [...textsOf(node.name), ...textsOf(node.legalName)].some((name) => names.has(companyNameKey(name)));
}

function isPerson({ name, role }: Described): boolean {
  return name.length <= 80 && NAME.test(name) && TITLE.test(role) && !LINK.test(role);
}
