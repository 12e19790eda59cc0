/** Directors, and those who take their place in partnerships and European companies. */
export function isBoardRole(role: string): boolean {
  return role.endsWith('director') || role.includes('llp-') || role.includes('member-of-');
}

/** Statuses of companies that no longer exist: nobody is in office there. */
export const ENDED_STATUSES: readonly string[] = ['dissolved', 'converted-closed', 'closed', 'removed'];
