'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { isAdmin } from '@/lib/auth/admin';
import { requireUser } from '@/lib/auth/session';
import { decideRemoval } from '@/lib/privacy/removals';

const decisionSchema = z.object({ id: z.uuid(), decision: z.enum(['accept', 'decline']) });

/** Accepts or declines a request for removal; for everybody but admins this does not exist. */
export async function decideRemovalAction(form: FormData): Promise<void> {
  const user = await requireUser();
  if (!(await isAdmin(user))) notFound();
  const { id, decision } = decisionSchema.parse(Object.fromEntries(form));
  await decideRemoval(id, decision === 'accept', user);
  revalidatePath('/admin/removals');
}
