import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateDatabaseTypes } from '../../../scripts/generate-database-types';

test('the committed types are those of the migrated database', async () => {
  const committed = readFileSync(new URL('../../../types/database.ts', import.meta.url), 'utf8');
  expect(await generateDatabaseTypes(process.env.DATABASE_URL ?? '')).toBe(committed);
});
