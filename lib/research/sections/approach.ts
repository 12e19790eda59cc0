import { z } from 'zod';
import { ENDED_STATUSES, isBoardRole } from '../board-roles';
import type { SectionDraft } from '../draft/section-draft';
import type { Statement } from '../schema';
import { entryPersonValue, noticeValue, officerValue, readValue, signalValue } from '../values';
import { writeApproach } from '../writer/approach';
import { isReasonToTalk, stateOpeners } from './approach-openers';
import { stateScore } from './approach-score';
import type { SectionDefinition } from './section-definition';

const INSOLVENT_STATUSES = [
  'liquidation',
  'receivership',
  'administration',
  'voluntary-arrangement',
  'insolvency-proceedings',
];
const NOBODY_TO_TALK_TO = 'The company has ended or is insolvent, so no approach is suggested.';

export const approach: SectionDefinition = {
  id: 'approach',
  title: 'Fit, score and recommended approach',
  weight: 0.08,
  label: 'Scoring and suggesting an approach',
  required: ['score', 'next_action'],
  write: writeApproach,
  async collect(draft) {
    await stateScore(draft);
    const status = draft.entryOf('identity', 'status').statement;
    const closed = [...ENDED_STATUSES, ...INSOLVENT_STATUSES].includes(String(status?.value));
    stateTiming(draft, closed);
    stateNextAction(draft, status, closed);
    if (closed) {
      for (const field of ['entry_person', 'openers']) draft.gap(field, 'not_applicable', NOBODY_TO_TALK_TO);
      return;
    }
    stateEntryPerson(draft);
    stateOpeners(draft);
  },
};

/** The newest signal that gives a reason to talk, and until when. */
function stateTiming(draft: SectionDraft, closed: boolean): void {
  const live = closed ? undefined : draft.signals().find((signal) => isReasonToTalk(signal, draft.today));
  if (live === undefined) return;
  const { title, event_date, expires_on } = readValue(live, signalValue);
  draft.inferred('timing', { event: title, from: event_date, until: expires_on }, [live]);
}

function stateNextAction(draft: SectionDraft, status: Statement | null, closed: boolean): void {
  if (status === null) {
    const { gap } = draft.entryOf('identity', 'status');
    draft.gap('next_action', gap?.reason ?? 'not_found', gap?.detail ?? 'The company status is not known.', gap?.tried);
    return;
  }
  const notices = draft.entryOf('risk', 'strike_off_notice_list').statement;
  const timing = draft.own('timing');
  if (closed) draft.inferred('next_action', 'do_not_contact', [status]);
  else if (notices !== null && readValue(notices, z.array(noticeValue)).some(({ live }) => live)) {
    draft.inferred('next_action', 'wait', [status, notices]);
  } else if (timing !== null) draft.inferred('next_action', 'contact_now', [status, timing]);
  else draft.inferred('next_action', 'qualify_first', [status]);
}

/** The newest director of the past year, who looks at things afresh, else the one who has been there longest. */
function stateEntryPerson(draft: SectionDraft): void {
  const { statement, gap } = draft.entryOf('ownership', 'officers_active');
  const people = statement === null ? [] : readValue(statement, z.array(officerValue));
  const directors = people
    .filter(({ role }) => isBoardRole(role) && !role.startsWith('corporate'))
    .sort((a, b) => String(a.appointed_on).localeCompare(String(b.appointed_on)));
  const [longest] = directors;
  const newest = directors.at(-1);
  if (statement === null || longest === undefined || newest === undefined) {
    const detail = gap?.detail ?? 'The register names no director who is a person.';
    draft.gap('entry_person', gap?.reason ?? 'not_found', detail, gap?.tried);
    return;
  }
  const recent =
    newest.appointed_on !== null &&
    newest.appointed_on > `${Number(draft.today.slice(0, 4)) - 1}${draft.today.slice(4)}`;
  const chosen = recent ? newest : longest;
  const why = directors.length === 1 ? 'only' : recent ? 'newest' : 'longest_serving';
  const { name, display_name, role_text, appointed_on } = chosen;
  draft.inferred('entry_person', entryPersonValue.parse({ name, display_name, role_text, appointed_on, why }), [
    statement,
  ]);
}
