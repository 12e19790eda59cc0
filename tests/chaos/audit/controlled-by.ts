import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DEMO_RECORDINGS } from '@/sandbox/recordings';

const COMPANIES = join(DEMO_RECORDINGS, 'companies-house', 'company');
const controllers = z.looseObject({
  items: z.array(
    z.looseObject({ identification: z.looseObject({ registration_number: z.string().optional() }).optional() }),
  ),
});

/**
 * A company, and those below it in the recorded registers: a research follows the companies in control upwards, so an
 * attempt of any of them may ask about it.
 */
export function withThoseBelow(companyId: string, parents = recordedParents()): string[] {
  const found = new Set([companyId]);
  // A set that grows while it is gone through is gone through to its new end.
  for (const parent of found) {
    for (const [child, above] of parents) if (above.includes(parent)) found.add(child);
  }
  return [...found];
}

/** The registration numbers of the companies that control a company, by company. */
function recordedParents(): ReadonlyMap<string, readonly string[]> {
  const ids = readdirSync(COMPANIES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    ids.map(({ name }) => {
      const file = join(COMPANIES, name, 'persons-with-significant-control.json');
      if (!existsSync(file)) return [name, []];
      const { items } = controllers.parse(JSON.parse(readFileSync(file, 'utf8')));
      return [name, items.flatMap(({ identification }) => identification?.registration_number ?? [])];
    }),
  );
}
