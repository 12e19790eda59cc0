import type { SourceOutcome } from '@/lib/sources/source';
import type { Website } from '@/lib/sources/website/schema';
import type { SectionDraft } from '../draft/section-draft';
import type { CiteOptions } from '../evidence/citations';

type Proof = NonNullable<Website['match']>;
/** The web site of the company, proved to be its own. */
export type OwnSite = Extract<SourceOutcome<Website>, { outcome: 'ok' }> & {
  data: { site: NonNullable<Website['site']>; match: Proof };
};

/** Design note research 1.6: what the company says of itself, in JSON-LD and as text. */
const RELIABILITY = { json_ld: 0.85, text: 0.75 };

/** @returns the answer when a site is proved to be the company's own; from any other site nothing may be taken. */
export function ownSite(outcome: SourceOutcome<Website>): OwnSite | null {
  return isOwn(outcome) ? outcome : null;
}

function isOwn(outcome: SourceOutcome<Website>): outcome is OwnSite {
  return outcome.outcome === 'ok' && outcome.data.site !== null && outcome.data.match !== null;
}

/** The same answer, to be cited by one of its pages instead of the whole site. */
export function onPage(site: OwnSite, page: number, foundIn: 'json_ld' | 'text' = 'text'): OwnSite {
  const { url, title, sha256 } = site.data.pages[page] ?? {
    url: site.origin.url,
    title: null,
    sha256: site.origin.sha256,
  };
  return {
    ...site,
    origin: {
      ...site.origin,
      url,
      sha256,
      title: title === null ? site.origin.title : `${site.origin.title}: ${title}`,
      reliability: RELIABILITY[foundIn],
    },
  };
}

/** How facts of the site count: by the proof that it is the company's own, ageing like technology. */
export function citeSite({ data }: OwnSite, members?: readonly string[]): CiteOptions {
  return { match: data.match.worth, basis: 'technology', ...(members !== undefined && { members }) };
}

/** Says why nothing is known from the company's site: none found, only candidates, or not read. */
export function siteMissing(draft: SectionDraft, fields: readonly string[], outcome: SourceOutcome<Website>): void {
  for (const field of fields) {
    if (outcome.outcome === 'ok') draft.gap(field, 'not_found', candidatesText(outcome.data), [outcome.origin.source]);
    else if (outcome.outcome === 'empty') draft.gap(field, 'not_found', outcome.reason, [outcome.origin.source]);
    else draft.missing(field, outcome);
  }
}

function candidatesText({ candidates }: Website): string {
  const named = candidates.filter(({ finding }) => finding === 'name_only').map(({ detail }) => detail);
  return `Only a candidate for its web site was found, from which nothing was taken: ${named.join('; ')}.`;
}
