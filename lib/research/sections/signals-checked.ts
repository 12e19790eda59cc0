import type { z } from 'zod';
import type { SignalCheck } from '@/lib/signals/schema';
import { SOURCE_IDS, type SourceId } from '@/lib/sources/registry';
import type { SectionDraft } from '../draft/section-draft';
import { type Citation, cite } from '../evidence/citations';
import { readPath } from '../evidence/json-path';
import { sourceLabel } from '../field-labels';
import type { checkValue } from '../values';
import { inSeries } from '../writer/phrases';

/** Where the list that detectors go through stands in an answer. */
const LISTS: Partial<Record<SourceId, string>> = {
  'companies_house.profile': '$.company_status',
  'companies_house.filing_history': '$.items',
  'companies_house.officers': '$.items',
  'companies_house.charges': '$.items',
  'companies_house.insolvency': '$.cases',
  'contracts_finder.awards': '$.awards',
  'find_a_tender.awards': '$.awards',
  'accounts.figures': '$.documents',
  'job_boards.roles': '$.roles',
  'website.history': '$.things',
  'job_boards.history': '$.things',
  'news.articles': '$.articles',
};
const OUTCOME_TEXTS = { found: 'found', none: 'none found', not_run: 'not run' } as const;
const CAUSE_TEXTS = {
  source_failed: 'source failed',
  nothing_to_ask: 'no source to ask',
  not_wanted: 'not wanted',
} as const;

/**
 * States what was looked for, where, and what came of it, one row for every detector: an outage never reads as silence.
 * @param found what the signals rest on.
 * @returns false where no source answered: then nothing can be stated.
 */
export async function stateChecks(
  draft: SectionDraft,
  checks: readonly SignalCheck[],
  found: readonly Citation[],
): Promise<boolean> {
  const citations = [...(await placesLookedIn(draft, checks)), ...found];
  if (citations.length === 0) return false;
  const basis = {
    method: 'computed',
    citations,
    formula: (ids: readonly string[]) => `detectors(${[...new Set(ids)].join(', ')})`,
  } as const;
  draft.state({ ...basis, field: 'signals_checked', value: checks.map(toRow) });
  draft.state({ ...basis, field: 'signals_checked_result', value: tallyOf(checks) });
  return true;
}

/** Every source that a detector read, at the list it went through. */
async function placesLookedIn(draft: SectionDraft, checks: readonly SignalCheck[]): Promise<Citation[]> {
  const names = new Set(checks.flatMap(({ looked_in }) => looked_in));
  const places: Citation[] = [];
  for (const source of SOURCE_IDS.filter((id) => names.has(id))) {
    const outcome = await draft.read(source);
    if (outcome.outcome !== 'ok' && outcome.outcome !== 'empty') continue;
    const path = LISTS[source] ?? '$';
    const isThere = outcome.outcome === 'ok' && readPath(outcome.data, path).found;
    places.push(cite(outcome, isThere ? path : '$'));
  }
  return places;
}

/** Codes for programs, each with its words for people. */
function toRow({
  detector,
  label,
  outcome,
  cause,
  reason,
  looked_in,
  unread,
}: SignalCheck): z.infer<typeof checkValue> {
  const sources = outcome === 'not_run' ? unread : looked_in;
  return {
    detector,
    detector_text: label,
    outcome,
    outcome_text: OUTCOME_TEXTS[outcome],
    cause,
    cause_text: cause === null ? null : CAUSE_TEXTS[cause],
    reason,
    sources,
    sources_text: inSeries(sources.map(sourceLabel)),
  };
}

function tallyOf(checks: readonly SignalCheck[]): string {
  const count = (outcome: SignalCheck['outcome']) => checks.filter((check) => check.outcome === outcome).length;
  const parts = [
    `${count('found')} found`,
    `${count('none')} looked for and not found`,
    ...(count('not_run') === 0 ? [] : [`${count('not_run')} that could not be looked for`]),
  ];
  return `${checks.length} kinds of event: ${parts.join(', ')}`;
}
