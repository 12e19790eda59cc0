import { classifyBusiness } from '../classify/classify';
import { CLASSIFIED_FIELDS, type Passage } from '../classify/fields';
import type { SectionDraft } from '../draft/section-draft';
import { type Citation, cite } from '../evidence/citations';
import type { Statement } from '../schema';
import { citeSite, onPage, ownSite } from './website-answer';

const SOURCES = ['accounts.figures', 'website.pages'] as const;
const PAGES_JUDGED = 4;
const NO_TEXT =
  'Neither filed accounts nor a web site of its own describe the business in words, so there was nothing to judge by.';

/** A passage with what cites it as a whole. */
type Readable = { passage: Passage; citation: Citation; asOf: string | undefined };

/**
 * Customers, delivery, places, demand and whether the codes fit, each with the words it rests on: `<field>` holds the
 * value, `<field>_quote` the words. Filed text goes before the web site, since directors sign it.
 * @param filed what the accounts say the company does, when they say it.
 */
export async function classifyOwnWords(
  draft: SectionDraft,
  filed: Statement | null,
  sicCodes: readonly string[],
): Promise<void> {
  const readable = [...(await filedText(draft, filed)), ...(await siteTexts(draft))];
  const profile = classifyBusiness(
    readable.map(({ passage }) => passage),
    sicCodes,
  );
  if (profile === null) {
    await explainNoText(draft);
    return;
  }
  for (const field of CLASSIFIED_FIELDS) {
    if (field === 'sic_agreement' && sicCodes.length === 0) {
      draft.gap(field, 'not_applicable', 'The register holds no codes to compare with.');
      continue;
    }
    const { value, quote, confidence } = profile[field];
    const place = readable.find(({ passage }) => passage.id === quote?.passage);
    if (quote === null || place === undefined) continue;
    const shared = {
      method: 'classified',
      ruleConfidence: confidence,
      citations: [{ ...place.citation, snippet: quote.text }],
      asOf: place.asOf,
    } as const;
    draft.state({ ...shared, field, value });
    draft.state({
      ...shared,
      field: `${field}_quote`,
      value: { quote: quote.text, from: place.citation.origin.source },
      extra: true,
    });
  }
}

async function filedText(draft: SectionDraft, filed: Statement | null): Promise<Readable[]> {
  const accounts = await draft.read('accounts.figures');
  const document = accounts.outcome === 'ok' ? accounts.data.documents[0] : undefined;
  const place = document?.principal_activity;
  if (filed === null || accounts.outcome !== 'ok' || document === undefined || !place) return [];
  const since = document.balance_sheet_date;
  const path = `$.documents[0].facts['${place.tag}']['${place.context}'].text`;
  return [
    {
      passage: { id: path, kind: 'activity', text: String(filed.value) },
      citation: cite(accounts, path, { basis: 'accounts', since }),
      asOf: since,
    },
  ];
}

async function siteTexts(draft: SectionDraft): Promise<Readable[]> {
  const site = ownSite(await draft.read('website.pages'));
  if (site === null) return [];
  const { description, pages } = site.data;
  const described: Readable[] =
    description === null
      ? []
      : [
          {
            passage: { id: '$.description.text', kind: 'activity', text: description.text },
            citation: cite(
              onPage(site, description.page, description.found_in === 'json_ld' ? 'json_ld' : 'text'),
              '$.description.text',
              citeSite(site),
            ),
            asOf: undefined,
          },
        ];
  const read = pages.slice(0, PAGES_JUDGED).flatMap((page, index): Readable[] => {
    const path = `$.pages[${index}].text`;
    if (!page.quotable || page.text === '') return [];
    return [
      {
        passage: { id: path, kind: 'narrative', text: page.text },
        citation: cite(onPage(site, index), path, citeSite(site)),
        asOf: undefined,
      },
    ];
  });
  return [...described, ...read];
}

/** A source that failed goes before one that nobody set up, and that before "nothing said". */
async function explainNoText(draft: SectionDraft): Promise<void> {
  const outcomes = [await draft.read('accounts.figures'), await draft.read('website.pages')];
  const failed = outcomes.find(({ outcome }) => outcome === 'unavailable');
  const allSkipped = outcomes.every(({ outcome }) => outcome === 'skipped');
  for (const field of CLASSIFIED_FIELDS) {
    if (failed?.outcome === 'unavailable') draft.missing(field, failed);
    else if (allSkipped && outcomes[0]?.outcome === 'skipped') draft.missing(field, outcomes[0]);
    else draft.gap(field, 'not_found', NO_TEXT, SOURCES);
  }
}
