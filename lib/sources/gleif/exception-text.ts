/**
 * Reasons for reporting no parent, in words that go on a sentence.
 * Codes: GLEIF, "Reporting Exceptions" format 2.1; those of format 1 still stand in older records.
 */
const REASONS: Readonly<Record<string, string>> = {
  NATURAL_PERSONS: 'it is controlled by natural persons without any legal entity that consolidates it',
  NON_CONSOLIDATING: 'its parents prepare no consolidated accounts that include it',
  NO_KNOWN_PERSON: 'no person is known that controls it',
  NO_LEI: 'its parent has no legal entity identifier',
  NON_PUBLIC: 'the relationship is not public',
  BINDING_LEGAL_COMMITMENTS: 'binding legal commitments keep it from naming a parent',
  LEGAL_OBSTACLES: 'the law keeps it from naming a parent',
  DISCLOSURE_DETRIMENTAL: 'naming a parent would harm it or the parent',
  DETRIMENT_NOT_EXCLUDED: 'harm from naming a parent cannot be ruled out',
  CONSENT_NOT_OBTAINED: 'the parent has not consented to being named',
};

/** @returns the words for a reason; an unknown code as words. */
export function exceptionText(reason: string): string {
  return REASONS[reason] ?? `the reason given is ${reason.toLowerCase().replaceAll('_', ' ')}`;
}
