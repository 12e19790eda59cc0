import type { ContractAwards, MatchedAward } from '@/lib/sources/procurement/schema';
import type { SourceOutcome } from '@/lib/sources/source';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

const SOURCES = ['contracts_finder.awards', 'find_a_tender.awards'] as const;
/** Of an award that names the company without its number: design note research 1.6. */
const MATCH_BY_NAME_AND_POSTCODE = 0.9;
const SHOWN = [
  'title',
  'buyer',
  'amount',
  'currency',
  'awarded_on',
  'published_on',
  'ends_on',
  'suppliers',
  'matched_by',
];

type Outcome = SourceOutcome<ContractAwards>;
type Placed = { award: MatchedAward; index: number; outcome: Extract<Outcome, { outcome: 'ok' }> };

/** Public contracts that were awarded to the company, and the bodies that awarded them. */
export async function stateAwards(draft: SectionDraft): Promise<void> {
  const outcomes: { source: (typeof SOURCES)[number]; outcome: Outcome }[] = [];
  for (const source of SOURCES) outcomes.push({ source, outcome: await draft.read(source) });
  const found = outcomes.flatMap(({ outcome }) =>
    outcome.outcome === 'ok' ? outcome.data.awards.map((award, index) => ({ award, index, outcome })) : [],
  );
  if (found.length === 0) {
    explainNone(draft, outcomes);
    return;
  }
  found.sort((a, b) => b.award.published_on.localeCompare(a.award.published_on) || a.index - b.index);
  draft.computed('contract_awards_count', 'count', found.map(citeAward), { unit: 'awards' });
  draft.state({
    field: 'contract_awards',
    value: found.map(({ award }) => shown(award)),
    method: 'parsed',
    citations: found.map(citeAward),
  });
  const buyers = [...new Set(found.flatMap(({ award }) => award.buyer ?? []))];
  if (buyers.length > 0) {
    draft.state({
      field: 'public_sector_customers',
      value: buyers,
      method: 'parsed',
      citations: found.map(citeAward),
    });
  }
  for (const { source, outcome } of outcomes) {
    if (outcome.outcome === 'unavailable' || outcome.outcome === 'skipped') {
      draft.missing(source.replace('.', '_'), outcome);
    }
  }
}

function shown({ title, buyer, amount, currency, awarded_on, published_on, ends_on, suppliers }: MatchedAward) {
  return { title, buyer, amount, currency, awarded_on, published_on, ends_on, suppliers };
}

function citeAward({ award, index, outcome }: Placed) {
  return cite(outcome, `$.awards[${index}]`, {
    members: SHOWN,
    url: award.notice_url,
    publishedAt: award.published_on,
    since: award.awarded_on ?? award.published_on,
    match: award.matched_by === 'name_and_postcode' ? MATCH_BY_NAME_AND_POSTCODE : undefined,
  });
}

/** None found says which time was looked through; where one service could not be read, that comes first. */
function explainNone(draft: SectionDraft, outcomes: readonly { source: string; outcome: Outcome }[]): void {
  const failed = outcomes.find(({ outcome }) => outcome.outcome === 'unavailable');
  if (failed?.outcome.outcome === 'unavailable') {
    draft.missing('public_sector_customers', failed.outcome);
    return;
  }
  const reasons = outcomes.flatMap(({ outcome }) => ('reason' in outcome ? [outcome.reason] : []));
  const tried = outcomes.map(({ source }) => source);
  draft.gap('public_sector_customers', 'not_found', reasons.join(' '), tried);
}
