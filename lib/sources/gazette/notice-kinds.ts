/**
 * What the notice codes mean, for notices that carry no words of their own. The three Gazettes use different codes for
 * the same step, and an unknown code stays a code: nothing is guessed from the text of a notice.
 */
const KINDS: Readonly<Record<string, string>> = {
  '2410': 'Appointment of administrators',
  '2411': 'Administration orders',
  '2431': 'Resolutions for winding-up',
  '2432': 'Appointment of liquidators',
  '2441': 'Resolutions for winding-up',
  '2442': 'Meetings of creditors',
  '2443': 'Appointment of liquidators',
  '2450': 'Petitions to wind up',
  '2452': 'Winding-up orders',
  '2454': 'Appointment of liquidators',
  '2461': 'Dismissal of winding-up petition',
};

/** @param term the notice's own category, such as "Appointment of Liquidators". */
export function noticeKind(code: string, term: string | null | undefined): string {
  return term?.trim() || (KINDS[code] ?? `Corporate insolvency notice ${code}`);
}

/** Notices of petitions, which do not yet say that anything was decided. */
export function isPetition(code: string): boolean {
  return code === '2450';
}
