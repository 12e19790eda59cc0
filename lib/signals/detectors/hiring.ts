import { addDays, writtenDay } from '@/lib/companies/register/calendar';
import type { Register } from '@/lib/companies/register/register';
import type { Role } from '@/lib/sources/job-boards/schema';
import { type Detector, toSignal } from '../detector';
import { describeRole, onOwnBoards } from './job-adverts';

/** Design note research 1.8: so many new roles within so many days, or so large a part of those employed. */
const MANY_ROLES = 3;
const WITHIN_DAYS = 30;
const LARGE_SHARE = 0.2;
/** One role more is no wave, however small the company. */
const FEWEST_ROLES = 2;
const QUOTED = 10;

/**
 * Waves of hiring: roles first advertised within 30 days, as the boards date them. Old dates of roles that are always
 * open do not count, and neither do roles without a date.
 */
export const hiring: Detector = {
  name: 'hiring',
  label: 'waves of hiring',
  type: 'hiring',
  needs: ['job_boards.roles'],
  uses: ['accounts.figures'],
  detect(register) {
    const document = register.dataOf('job_boards.roles');
    const today = register.originOf('job_boards.roles')?.retrievedAt.slice(0, 10);
    if (document === null || today === undefined) return [];
    const since = addDays(today, -WITHIN_DAYS);
    const recent = document.roles.filter(({ first_published: on }) => on !== null && on >= since && on <= today);
    const [newest] = recent;
    if (newest?.first_published == null || !isWave(recent.length, employeesOf(register))) return [];
    const happenedOn = newest.first_published;
    const began = earliestOf(recent, happenedOn);
    const signals = toSignal(register, {
      kind: 'hiring_wave',
      title: `${recent.length} roles first advertised between ${writtenDay(began)} and ${writtenDay(happenedOn)}`,
      why: 'A company that hires is growing or replacing people: it has budget, and the roles say where.',
      happenedOn,
      // At most once a month, so that the next role does not tell the same wave again.
      eventId: `roles-${happenedOn.slice(0, 7)}`,
      source: 'job_boards.roles',
      locator: '$.roles',
      snippet: `${recent.length} roles from ${began} to ${happenedOn}: ${recent.slice(0, QUOTED).map(describeRole).join('; ')}`,
      ...(recent.length >= 2 * MANY_ROLES ? { strength: 'high' } : {}),
    });
    return onOwnBoards(signals, document, recent);
  },
};

function isWave(roles: number, employees: number | null): boolean {
  if (roles >= MANY_ROLES) return true;
  return roles >= FEWEST_ROLES && employees !== null && employees > 0 && roles / employees >= LARGE_SHARE;
}

function earliestOf(roles: readonly Role[], latest: string): string {
  return roles.reduce((day, { first_published: on }) => (on !== null && on < day ? on : day), latest);
}

/** Average number in the last filed accounts; null where they do not say. */
function employeesOf(register: Register): number | null {
  const [accounts] = register.dataOf('accounts.figures')?.documents ?? [];
  const place = accounts?.figures.employees?.current ?? null;
  return place === null ? null : (accounts?.facts[place.tag]?.[place.context]?.count ?? null);
}
