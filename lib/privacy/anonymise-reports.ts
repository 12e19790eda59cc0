import { subDays, subMonths } from 'date-fns';
import { z } from 'zod';
import { callRpc, unwrap } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';
import { peopleIn } from './people-in-report';
import { textSchema, withoutNames } from './texts-about-people';

const MONTHS = 6;
const GROUP = 10;
const FORGET_ADDRESS_DAYS = 90;

const groupSchema = z.array(z.object({ id: z.uuid(), texts: z.array(textSchema) }));

/**
 * Removes the names of people from reports that are older than six months, unless their owner keeps them, and the
 * addresses of people whose request for removal was decided long ago.
 * @returns how many reports.
 * @throws AppError `database_unavailable`; the reason of the signal. What was done until then stays done.
 */
export async function anonymiseOldReports(now: Date, signal: AbortSignal): Promise<number> {
  const db = serviceClient();
  const args = { p_before: subMonths(now, MONTHS).toISOString(), p_limit: GROUP };
  let done = 0;
  for (;;) {
    const reports = await callRpc(db, 'reports_to_anonymise', args, groupSchema, { signal });
    let saved = 0;
    for (const { id, texts } of reports) {
      const names = peopleIn(texts.map(({ value }) => value));
      const without = texts.map((text) => withoutNames(text, names));
      const isSaved = await callRpc(
        db,
        'save_report_without_names',
        { p_report_id: id, p_texts: without },
        z.boolean(),
        { signal },
      );
      if (isSaved) saved += 1;
    }
    done += saved;
    // Without headway the same ones would come again.
    if (reports.length < GROUP || saved === 0) break;
  }
  await forgetAddresses(now);
  return done;
}

async function forgetAddresses(now: Date): Promise<void> {
  unwrap(
    await serviceClient()
      .from('personal_data_removals')
      .update({ email: null })
      .lt('decided_at', subDays(now, FORGET_ADDRESS_DAYS).toISOString())
      .not('email', 'is', null)
      .select('id'),
  );
}
