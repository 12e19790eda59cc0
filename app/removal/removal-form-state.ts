import type { FormState } from '@/lib/auth/form-state';

/** The form with what was entered, by the names of its fields. */
export type RemovalFormState = FormState & { entered: Record<string, FormDataEntryValue> };

export const EMPTY_REMOVAL: RemovalFormState = { status: 'editing', fieldErrors: {}, entered: {} };
