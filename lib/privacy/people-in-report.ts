import { z } from 'zod';

/** Fields of a report whose values name people. */
const NAMING = new Set([
  'officers_active',
  'board_changes_12m',
  'psc',
  'key_people',
  'controller',
  'officer',
  'board_change',
  'entry_person',
  'pay_gap_responsible_person',
]);

const statementsSchema = z
  .object({ statements: z.array(z.object({ field: z.string(), value: z.json() })) })
  .catch({ statements: [] });
/** Officers have a role, controllers a kind; the codes of companies say so. People in charge have a role in their own words. */
const namedSchema = z.object({ name: z.string(), role: z.string().optional(), kind: z.string().optional() });

/**
 * The people that reports or sections of reports name, each spelling once.
 * @param documents whole reports or sections; statements of every other form name nobody.
 */
export function peopleIn(documents: readonly unknown[]): string[] {
  const statements = documents.flatMap((document) => statementsSchema.parse(document).statements);
  const named = statements.filter(({ field }) => NAMING.has(field)).flatMap(({ value }) => namesIn(value));
  return [...new Set(named)];
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  // "Jane Doe (Director of People)"
  if (typeof value === 'string') return [value.replace(/\s*[(,].*$/, '')];
  const named = namedSchema.safeParse(value);
  if (!named.success) return [];
  const { name, role = '', kind = '' } = named.data;
  return /(^| )(corporate|legal-person)-/.test(`${role} ${kind}`) ? [] : [name];
}
