import type { Website } from '@/lib/sources/website/schema';
import type { Json } from '@/types/database';
import { type FactDraft, type SourceReader, textOf } from '../source-reader';

/** Design note research 1.6: what the company says of itself, in JSON-LD and as text. */
const RELIABILITY = { json_ld: 0.85, text: 0.75 };

type Found = { page: number; found_in?: string };

/** What the company's own site says; of a site that is not proved to be its own, nothing. */
export const websiteReader: SourceReader<'website.pages'> = {
  source: 'website.pages',
  facts(website) {
    const { site, match, description, social_links: links, technologies } = website;
    if (site === null || match === null) return [];
    const fact = (field: string, locator: string, value: Json | null, snippet: string, found?: Found): FactDraft => {
      const place = placeOf(website, match.worth, found);
      return { field, value, locator, snippet: textOf(snippet), ...(place !== null && { place }) };
    };
    const first = (field: string, member: 'phones' | 'emails' | 'addresses') => {
      const [contact] = website[member];
      return fact(field, `$.${member}[0].value`, contact?.value ?? null, contact?.printed ?? '', contact);
    };
    return [
      fact('website', '$.match', site.home, match.quote, match),
      first('phone', 'phones'),
      first('email', 'emails'),
      first('business_address', 'addresses'),
      fact(
        'own_description',
        '$.description.text',
        description?.text ?? null,
        description?.text ?? '',
        description ?? undefined,
      ),
      fact(
        'social_links',
        '$.social_links',
        links.length === 0 ? null : links.map(({ network, url }) => ({ network, url })),
        links.map(({ url }) => url).join('; '),
        links[0],
      ),
      fact(
        'technologies',
        '$.technologies',
        technologies.map(({ name, category }) => ({ name, category })),
        technologies.map(({ name, matched }) => `${name}: ${matched}`).join('; ') || 'none recognised',
        technologies[0],
      ),
    ];
  },
};

function placeOf({ pages }: Website, match: number, found: Found | undefined): NonNullable<FactDraft['place']> | null {
  const page = pages[found?.page ?? 0];
  if (page === undefined) return null;
  const reliability = found?.found_in === 'json_ld' ? RELIABILITY.json_ld : RELIABILITY.text;
  return { url: page.url, sha256: page.sha256, confidence: Math.round(reliability * match * 10_000) / 10_000 };
}
