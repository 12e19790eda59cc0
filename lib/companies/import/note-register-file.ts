import { z } from 'zod';
import { callRpc } from '@/lib/supabase/rpc';
import { serviceClient } from '@/lib/supabase/service-client';

/**
 * Notes that a file of the register was imported to its end, so that a report can say of which day its counts are.
 * @param asOf day for which the file is true, ISO.
 * @throws AppError `database_unavailable`
 */
export async function noteRegisterFile(asOf: string): Promise<void> {
  await callRpc(serviceClient(), 'note_register_file', { p_as_of: asOf }, z.unknown());
}
