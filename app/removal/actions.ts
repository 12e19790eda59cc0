'use server';

import { headers } from 'next/headers';
import { formFailure, parseForm } from '@/lib/auth/form-state';
import { limitAttempts } from '@/lib/auth/limit-attempts';
import { toAppError } from '@/lib/errors';
import { clientAddress } from '@/lib/http/client-address';
import { logger } from '@/lib/logger';
import { removalFormSchema, requestRemoval } from '@/lib/privacy/removals';
import type { RemovalFormState } from './removal-form-state';

const DONE =
  'We have your request. Somebody looks at it within a month, usually much sooner, and answers to your address.';

/** Notes the wish not to be named; what was entered comes back with whatever is wrong with it. */
export async function requestRemovalAction(_previous: RemovalFormState, form: FormData): Promise<RemovalFormState> {
  const entered = Object.fromEntries([...form].filter((entry) => typeof entry[1] === 'string'));
  const parsed = parseForm(removalFormSchema, form);
  if (!parsed.ok) return { ...parsed.state, entered };
  try {
    await limitAttempts({ kind: 'removal', email: parsed.value.email, ip: clientAddress(await headers()) });
    await requestRemoval(parsed.value);
    return { status: 'done', fieldErrors: {}, message: DONE, entered: {} };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.spec.status >= 500) logger().error({ code: error.code, err: error.cause }, 'removal.failed');
    return { ...formFailure(error, form), entered };
  }
}
