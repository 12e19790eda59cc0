import { type SectionFragment, sectionFragmentSchema } from './schema';
import { SECTIONS } from './sections';

/** As long as the register's answers are kept: an older section is written again. */
const FRESH_MS = 24 * 3_600_000;

/**
 * The sections that an earlier attempt finished and this one need not build again: from the first on, without holes,
 * young, and without a source that failed, since that source may answer now.
 */
export function reusableSections(saved: readonly unknown[], now: Date): SectionFragment[] {
  const usable: SectionFragment[] = [];
  for (const [index, definition] of SECTIONS.entries()) {
    const parsed = sectionFragmentSchema.safeParse(saved[index]);
    if (!parsed.success || parsed.data.section.id !== definition.id) break;
    if (!isFresh(parsed.data, now) || !continues(usable, parsed.data) || hasFailure(parsed.data)) break;
    usable.push(parsed.data);
  }
  return usable;
}

function isFresh({ section, sources }: SectionFragment, now: Date): boolean {
  const oldest = [section.as_of, ...sources.map((source) => source.retrieved_at)].sort()[0] ?? '';
  return now.getTime() - Date.parse(oldest) < FRESH_MS;
}

function hasFailure({ gaps }: SectionFragment): boolean {
  return gaps.some((gap) => gap.reason === 'source_failed');
}

/** Numbers must go on where the sections before ended, else references would point at the wrong things. */
function continues(before: readonly SectionFragment[], next: SectionFragment): boolean {
  const kinds = ['statements', 'evidence', 'gaps'] as const;
  return kinds.every((kind) => {
    const used = before.reduce((count, fragment) => count + fragment[kind].length, 0);
    return next[kind].every(({ id }, index) => id.slice(1) === String(used + index + 1));
  });
}
