import { filingText } from '@/lib/companies/enumerations/filing-text';
import { ENDED_STATUSES } from '@/lib/companies/register/board-roles';
import { findStrikeOffEvents, liveStrikeOffNotice } from '@/lib/companies/register/strike-off';
import type { SectionDraft } from '../draft/section-draft';
import { cite } from '../evidence/citations';

const SHOWN = ['type', 'date', 'action_date', 'description'];

/** First Gazette notices of a strike-off, and whether the newest still stands. */
export async function stateStrikeOff(draft: SectionDraft): Promise<void> {
  const filings = await draft.read('companies_house.filing_history');
  if (filings.outcome !== 'ok') {
    draft.missing('strike_off_notices', filings);
    return;
  }
  const notices = findStrikeOffEvents(filings.data.items).filter(({ step }) => step.startsWith('notice'));
  const ended = ENDED_STATUSES.includes(String(draft.entryOf('identity', 'status').statement?.value));
  const live = ended ? null : liveStrikeOffNotice(filings.data.items);
  const citations = notices.map(({ index }) => cite(filings, `$.items[${index}]`, { members: SHOWN }));
  const list = cite(filings, '$.items');
  draft.computed('strike_off_notices', 'count', citations, { unit: 'notices', context: [list] });
  if (notices.length === 0) return;
  draft.state({
    field: 'strike_off_notice_list',
    value: notices.map(({ filing, index, happenedOn }) => ({
      form: filing.type ?? '',
      text: filingText(filing),
      date: happenedOn,
      live: live?.index === index,
    })),
    method: 'parsed',
    citations,
  });
}
