import { isPetition } from '@/lib/sources/gazette/notice-kinds';
import type { GazetteNotice } from '@/lib/sources/gazette/schema';
import type { SectionDraft } from '../draft/section-draft';
import { type Answered, cite } from '../evidence/citations';

/** Of a notice that only bears the name: design note research 1.6. */
const MATCH_BY_NAME = 0.6;
const SHOWN = ['kind', 'code', 'company_name', 'published_on', 'matched_by'];

/** Insolvency notices in The Gazette: petitions stand there weeks before anything stands on the register. */
export async function stateGazette(draft: SectionDraft): Promise<void> {
  const gazette = await draft.read('gazette.notices');
  const profile = await draft.read('companies_house.profile');
  // Without an entry for the company, "no notice" says nothing about it.
  if (gazette.outcome !== 'ok' && (gazette.outcome !== 'empty' || profile.outcome === 'empty')) {
    for (const field of ['gazette_notices', 'gazette_petitions']) draft.missing(field, gazette);
    return;
  }
  const all = gazette.outcome === 'ok' ? gazette.data.notices.map((notice, index) => ({ notice, index })) : [];
  const at = ({ notice, index }: { notice: GazetteNotice; index: number }) => citeNotice(gazette, notice, index);
  const list = { context: [cite(gazette, '$.notices')] };
  const petitions = all.filter(({ notice }) => isPetition(notice.code));
  draft.computed('gazette_notices', 'count', all.map(at), { unit: 'notices', ...list });
  draft.computed('gazette_petitions', 'count', petitions.map(at), { unit: 'petitions', ...list });
  if (all.length === 0) return;
  draft.state({
    field: 'gazette_notice_list',
    value: all.map(({ notice: { kind, company_name, published_on, matched_by } }) => ({
      kind,
      company_name,
      published_on,
      matched_by,
    })),
    method: 'parsed',
    citations: all.map(at),
  });
}

function citeNotice(gazette: Answered, notice: GazetteNotice, index: number) {
  return cite(gazette, `$.notices[${index}]`, {
    members: SHOWN,
    url: notice.url,
    publishedAt: notice.published_on,
    match: notice.matched_by === 'name' ? MATCH_BY_NAME : undefined,
  });
}
