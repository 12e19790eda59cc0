import type { Contact } from '@/lib/sources/website/schema';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';
import { citeSite, type OwnSite, onPage, ownSite, siteMissing } from './website-answer';

const SOURCE = 'website.pages';

/** The company's own web site with its proof, and how it says it can be reached. */
export async function stateWebsite(draft: SectionDraft): Promise<void> {
  const outcome = await draft.read('website.pages');
  const site = ownSite(outcome);
  if (site === null) {
    siteMissing(draft, ['website', 'trading_address', 'phone', 'email'], outcome);
    return;
  }
  const { match } = site.data;
  const proof = cite(
    onPage(site, match.page, match.found_in),
    '$.match',
    citeSite(site, ['kind', 'quote', 'postcode']),
  );
  draft.state({
    field: 'website',
    value: site.data.site.host,
    method: 'parsed',
    citations: [cite(onPage(site, 0), '$.site', citeSite(site, ['host', 'home']))],
  });
  draft.state({
    field: 'website_proof',
    value: { kind: match.kind, quote: match.quote, postcode: match.postcode },
    method: 'parsed',
    citations: [proof],
    extra: true,
  });
  stateContact(draft, site, 'trading_address', 'addresses', 'Its web site shows no address with a postcode.');
  stateContact(draft, site, 'phone', 'phones', 'Its web site links to no telephone number.');
  stateContact(draft, site, 'email', 'emails', 'Its web site shows no mailbox of the company itself.');
}

/** The first way to reach the company of one kind: the surest place comes first. */
function stateContact(
  draft: SectionDraft,
  site: OwnSite,
  field: string,
  member: 'addresses' | 'phones' | 'emails',
  none: string,
): void {
  const contact: Contact | undefined = site.data[member][0];
  if (contact === undefined) {
    draft.gap(field, 'not_found', none, [SOURCE]);
    return;
  }
  const page = onPage(site, contact.page, contact.found_in === 'json_ld' ? 'json_ld' : 'text');
  draft.copy(field, page, `$.${member}[0].value`, citeSite(site));
}
