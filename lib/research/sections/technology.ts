import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';
import { writeTechnology } from '../writer/technology';
import { collectHiring } from './hiring';
import type { SectionDefinition } from './section-definition';
import { citeSite, type OwnSite, onPage, ownSite, siteMissing } from './website-answer';

const SOURCE = 'website.pages';
const WEB_SITE = ['website_status', 'tech_detected', 'social_links', 'site_languages'];

export const technology: SectionDefinition = {
  id: 'technology',
  title: 'Technology, web and hiring footprint',
  weight: 0.09,
  label: 'Checking what is known of web site and hiring',
  required: ['website_status', 'tech_detected', 'open_roles'],
  write: writeTechnology,
  async collect(draft) {
    const outcome = await draft.read('website.pages');
    const site = ownSite(outcome);
    if (site === null) siteMissing(draft, WEB_SITE, outcome);
    else stateSite(draft, site);
    await collectHiring(draft);
  },
};

function stateSite(draft: SectionDraft, site: OwnSite): void {
  const { technologies, social_links: links, languages } = site.data;
  draft.copy('website_status', onPage(site, 0), '$.site', citeSite(site, ['host', 'home', 'https', 'pages_read']));
  draft.state({
    field: 'tech_detected',
    value: technologies.map(({ name, category }) => ({ name, category })),
    method: 'parsed',
    // Nothing recognised is a finding too, and rests on the pages that were looked at.
    citations:
      technologies.length === 0
        ? [cite(onPage(site, 0), '$.pages', citeSite(site))]
        : technologies.map(({ page }, index) =>
            cite(onPage(site, page), `$.technologies[${index}]`, citeSite(site, ['name', 'category', 'matched'])),
          ),
  });
  if (links.length === 0) {
    draft.gap('social_links', 'not_found', 'Its web site links to no page of its own on a social network.', [SOURCE]);
  } else {
    draft.state({
      field: 'social_links',
      value: links.map(({ network, url }) => ({ network, url })),
      method: 'parsed',
      citations: links.map(({ page, found_in }, index) =>
        cite(
          onPage(site, page, found_in === 'json_ld' ? 'json_ld' : 'text'),
          `$.social_links[${index}]`,
          citeSite(site, ['network', 'url']),
        ),
      ),
    });
  }
  if (languages.length === 0) {
    draft.gap('site_languages', 'not_found', 'Its web site shows too little text to tell its language.', [SOURCE]);
  } else {
    draft.state({
      field: 'site_languages',
      value: languages.map(({ code, name }) => ({ code, name })),
      method: 'parsed',
      citations: languages.map(({ page }, index) =>
        cite(onPage(site, page), `$.languages[${index}]`, citeSite(site, ['code', 'name', 'pages'])),
      ),
    });
  }
}
