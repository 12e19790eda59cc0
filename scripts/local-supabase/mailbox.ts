import type { EmailDriver } from '@supabase/lite';
import type postgres from 'postgres';

/** Mails kept; older ones are dropped. */
const KEPT = 200;

/** Records outgoing mail in the database, so that it can be read after a restart too. Nothing is ever sent. */
export function recordingMailer(sql: postgres.Sql): EmailDriver {
  return {
    send: async ({ to, subject, text: builtIn, html }) => {
      // The server's own text links to an address of its API with the token in it; ours is the template as text.
      const text = html ? plainText(html) : builtIn;
      await sql`insert into local_supabase.mails (recipient, subject, body_text, body_html)
        values (${to}, ${subject}, ${text ?? null}, ${html ?? null})`;
      await sql`delete from local_supabase.mails
        where id <= (select max(id) from local_supabase.mails) - ${KEPT}`;
    },
  };
}

/** Answers `{ mails: [{ id, to, subject, text, html, sent_at }] }`, newest first. */
export async function mailboxResponse(sql: postgres.Sql): Promise<Response> {
  const mails = await sql`select id::int, recipient as "to", subject, body_text as text, body_html as html, sent_at
    from local_supabase.mails order by id desc limit ${KEPT}`;
  return Response.json({ mails });
}

function plainText(html: string): string {
  return html
    .replace(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g, '$2: $1')
    .replace(/<\/(p|h\d)>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&amp;/g, '&')
    .trim();
}
