import type { Website } from '@/lib/sources/website/schema';
import { type FactDraft, type SourceReader, textOf } from '../source-reader';

/** What the company's own site says; of a site that is not proved to be its own, nothing. */
export const websiteReader: SourceReader<'website.pages'> = {
  source: 'website.pages',
  facts({ site, match, phones, emails, addresses, social_links: links, technologies, description }) {
    if (site === null || match === null) return [];
    return [
      { field: 'website', value: site.home, locator: '$.match', snippet: textOf(match.quote) },
      contact('phone', phones, '$.phones'),
      contact('email', emails, '$.emails'),
      contact('business_address', addresses, '$.addresses'),
      {
        field: 'own_description',
        value: description?.text ?? null,
        locator: '$.description.text',
        snippet: textOf(description?.text ?? ''),
      },
      {
        field: 'social_links',
        value: links.length === 0 ? null : links.map(({ network, url }) => ({ network, url })),
        locator: '$.social_links',
        snippet: textOf(links.map(({ url }) => url).join('; ')),
      },
      {
        field: 'technologies',
        value: technologies.map(({ name, category }) => ({ name, category })),
        locator: '$.technologies',
        snippet: textOf(technologies.map(({ name, matched }) => `${name}: ${matched}`).join('; ') || 'none recognised'),
      },
    ];
  },
};

function contact(field: string, contacts: Website['phones'], locator: string): FactDraft {
  const [first] = contacts;
  return { field, value: first?.value ?? null, locator: `${locator}[0].value`, snippet: textOf(first?.printed ?? '') };
}
