import type { JobBoardRoles, Role } from '@/lib/sources/job-boards/schema';
import type { DetectedSignal } from '../schema';

/** A role as a piece of evidence: what is advertised, where, and since when. */
export function describeRole({ title, locations, first_published: on }: Role): string {
  const place = locations.length === 0 ? '' : `, ${locations.slice(0, 3).join(' and ')}`;
  return `${title}${place}${on === null ? '' : ` (${on})`}`;
}

/** Signals are no surer than it is that the boards, of which they come, are the company's own. */
export function onOwnBoards(
  signals: readonly DetectedSignal[],
  { boards }: JobBoardRoles,
  roles: readonly Role[],
): DetectedSignal[] {
  const match = Math.min(1, ...roles.map(({ board }) => boards[board]?.proof.match ?? 1));
  return signals.map((signal) => ({ ...signal, confidence: Math.round(signal.confidence * match * 100) / 100 }));
}
