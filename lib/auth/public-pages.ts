/** Pages for people who are not signed in, and addresses that sort it out themselves. */
const PUBLIC = /^\/(sign-in|sign-up|forgot-password|reset-password|auth|dev\/mailbox|docs|share|removal)(\/|$)/;

/** Whether a page may be seen without a session. Everything else belongs to the workspace. */
export function isPublicPage(path: string): boolean {
  return PUBLIC.test(path);
}
