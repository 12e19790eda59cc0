import { type SectionFragment, sectionFragmentSchema } from './schema';
import { SECTIONS } from './sections';

/** As long as the register's answers are kept: what was written longer ago is written again. */
const FRESH_MS = 24 * 3_600_000;

/**
 * The saved sections that belong together: from the first on, without holes, each numbering its statements where the
 * one before ended. A section left over from an earlier attempt that no longer fits is not among them.
 */
export function consecutiveSections(saved: readonly unknown[]): SectionFragment[] {
  const fitting: SectionFragment[] = [];
  for (const [index, definition] of SECTIONS.entries()) {
    const parsed = sectionFragmentSchema.safeParse(saved[index]);
    if (!parsed.success || parsed.data.section.id !== definition.id || !continues(fitting, parsed.data)) break;
    fitting.push(parsed.data);
  }
  return fitting;
}

/**
 * The sections that an earlier attempt finished and this one need not build again: young, and without a source that
 * failed, since that source may answer now.
 */
export function reusableSections(saved: readonly unknown[], now: Date): SectionFragment[] {
  const sections = consecutiveSections(saved);
  const end = sections.findIndex((fragment) => !isFresh(fragment, now) || hasFailure(fragment));
  return end < 0 ? sections : sections.slice(0, end);
}

function isFresh({ section, built_at: builtAt }: SectionFragment, now: Date): boolean {
  return now.getTime() - Date.parse(builtAt ?? section.as_of) < FRESH_MS;
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
