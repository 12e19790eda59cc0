import { writtenDay } from '@/lib/companies/register/calendar';
import type { Register } from '@/lib/companies/register/register';
import type { Thing } from '@/lib/sources/history/schema';
import { type Detector, type SignalDraft, toSignal } from '../detector';
import type { DetectedSignal } from '../schema';

type HistoryId = 'website.history' | 'job_boards.history';

/** Technologies on the web site that an earlier reading of the same page did not show. */
export const newTechnology: Detector = {
  name: 'new_technology',
  label: 'tools new on the web site',
  type: 'technology_adoption',
  needs: ['website.history'],
  uses: [],
  whyUnreadable: (register) => whyUnreadable(register, 'website.history', 'its web site'),
  detect: (register) =>
    appearancesIn(register, 'website.history', ({ name }) => ({
      kind: 'technology_appeared',
      title: `${name} appeared on the web site`,
      why: 'A tool that was just taken up shows where money and attention go; what works with it is wanted as well.',
    })),
};

/** Places for which the job boards advertise roles, and for which no earlier reading did. */
export const newJobLocations: Detector = {
  name: 'new_job_locations',
  label: 'roles in new places',
  type: 'expansion',
  needs: ['job_boards.history'],
  uses: [],
  whyUnreadable: (register) => whyUnreadable(register, 'job_boards.history', 'its job boards'),
  detect: (register) =>
    appearancesIn(register, 'job_boards.history', ({ name }) => ({
      kind: 'new_job_location',
      title: `Roles in ${name} appeared on the job board`,
      why: 'A company that hires in a new place may be opening there, and will need what a place of work needs.',
    })),
};

/** A single reading shows what is there, and nothing of what is new. */
function whyUnreadable(register: Register, source: HistoryId, what: string): string | null {
  const history = register.dataOf(source);
  return history !== null && history.began_at === history.read_at
    ? `There is no earlier reading of ${what} to compare with.`
    : null;
}

function appearancesIn(
  register: Register,
  source: HistoryId,
  wordsOf: (thing: Thing) => Pick<SignalDraft, 'kind' | 'title' | 'why'>,
): DetectedSignal[] {
  const history = register.dataOf(source);
  return (history?.things ?? []).flatMap((thing, index) => {
    // What has gone again was tried and is not in use.
    if (thing.absent_at === null || !history?.present.includes(thing.key)) return [];
    const [absentOn, seenOn] = [thing.absent_at.slice(0, 10), thing.first_seen_at.slice(0, 10)];
    const { kind, title, why } = wordsOf(thing);
    return toSignal(register, {
      kind,
      title: `${title} ${absentOn === seenOn ? 'on' : `between ${writtenDay(absentOn)} and`} ${writtenDay(seenOn)}`,
      why,
      happenedOn: seenOn,
      eventId: `${kind}:${thing.key.replace(/[^\p{L}\d]+/gu, '-')}`,
      source,
      locator: `$.things[${index}]`,
      snippet: `${thing.name} (${thing.detail}) on ${thing.place}: not there when it was read on ${absentOn}, there on ${seenOn}`,
    }).map((signal) => ({ ...signal, confidence: Math.round(signal.confidence * thing.match * 100) / 100 }));
  });
}
