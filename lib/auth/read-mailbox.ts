import { z } from 'zod';
import { config } from '@/lib/config';
import { AppError } from '@/lib/errors';
import { fetchWithin } from '@/lib/supabase/fetch-within';

const mailboxSchema = z.object({
  mails: z.array(
    z.object({ id: z.number(), to: z.string(), subject: z.string(), text: z.string().nullable(), sent_at: z.string() }),
  ),
});

export type Mail = z.infer<typeof mailboxSchema>['mails'][number];

/**
 * Mails that the embedded server kept instead of sending them, newest first.
 * @returns null where there is no embedded mail box, which is every real installation.
 * @throws AppError `database_unavailable`
 */
export async function readMailbox(): Promise<Mail[] | null> {
  const { embedded, supabase } = config();
  if (!embedded.mailboxUrl) return null;
  try {
    const response = await fetchWithin(1_800)(embedded.mailboxUrl, { headers: { apikey: supabase.secretKey } });
    return mailboxSchema.parse(await response.json()).mails;
  } catch (cause) {
    throw new AppError('database_unavailable', { cause });
  }
}
