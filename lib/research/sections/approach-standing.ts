import { z } from 'zod';
import { ENDED_STATUSES } from '@/lib/companies/register/board-roles';
import type { ScoreCap } from '@/lib/scoring/schema';
import type { SectionDraft } from '../draft/section-draft';
import type { Citation } from '../evidence/citations';
import type { Statement } from '../schema';
import { noticeValue, readValue } from '../values';

const INSOLVENT_STATUSES = [
  'liquidation',
  'receivership',
  'administration',
  'voluntary-arrangement',
  'insolvency-proceedings',
];

/** Whether one can sell to the company at all, and the statements that say so. */
export type Standing = {
  state: 'open' | 'dormant' | 'striking_off' | 'insolvent' | 'gone' | 'unknown';
  because: Statement[];
};

export function standingOf(draft: SectionDraft): Standing {
  const status = draft.entryOf('identity', 'status').statement;
  if (status === null) return { state: 'unknown', because: [] };
  const code = String(status.value);
  if (ENDED_STATUSES.includes(code)) return { state: 'gone', because: [status] };
  if (INSOLVENT_STATUSES.includes(code)) return { state: 'insolvent', because: [status] };
  const strikeOff = liveNotice(draft) ?? proposal(draft);
  if (strikeOff !== null) return { state: 'striking_off', because: [status, strikeOff] };
  const accounts = draft.entryOf('financials', 'accounts_type').statement;
  if (accounts?.value === 'dormant') return { state: 'dormant', because: [status, accounts] };
  return { state: 'open', because: [status] };
}

function liveNotice(draft: SectionDraft): Statement | null {
  const notices = draft.entryOf('risk', 'strike_off_notice_list').statement;
  if (notices === null) return null;
  return readValue(notices, z.array(noticeValue)).some(({ live }) => live) ? notices : null;
}

function proposal(draft: SectionDraft): Statement | null {
  const detail = draft.entryOf('identity', 'status_detail').statement;
  return detail?.value === 'active-proposal-to-strike-off' ? detail : null;
}

/**
 * What speaks against a sale whatever else is known: the caps of the score. Where there is none, that is stated too, but
 * only if the register entry and the filings were read.
 */
export function stateDisqualifiers(
  draft: SectionDraft,
  standing: Standing,
  caps: readonly ScoreCap[],
  toCitation: (cap: ScoreCap) => Citation,
): void {
  if (caps.length > 0) {
    draft.state({
      field: 'disqualifiers',
      value: caps.map(({ text, limit }) => ({ text, limit })),
      method: 'classified',
      citations: caps.map(toCitation),
    });
    return;
  }
  const { statement: notices, gap } = draft.entryOf('risk', 'strike_off_notices');
  if (standing.because.length > 0 && notices !== null) {
    draft.inferred('disqualifiers', [], [...standing.because, notices]);
    return;
  }
  const open = gap ?? draft.entryOf('identity', 'status').gap;
  draft.gap('disqualifiers', open?.reason ?? 'not_found', open?.detail ?? 'The status is not known.', open?.tried);
}
