import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configVariables } from '@/lib/config';
import { QUEUES } from '@/lib/queue/queues';
import { projectRoot } from '../../../scripts/bootstrap/project.mjs';

/** Read by the start command and the sandbox, not by the product. */
const OF_THE_START_COMMAND = [
  'HOST',
  'OPPSPOT_DATA_DIR',
  'OPPSPOT_WEBS',
  'OPPSPOT_WORKERS',
  'PORT',
  'SANDBOX_FAULTS',
  'SANDBOX_RECORDINGS',
];

describe('.env.example', () => {
  const text = fs.readFileSync(path.join(projectRoot, '.env.example'), 'utf8');
  const documented = [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
  const known = [...configVariables(QUEUES), ...OF_THE_START_COMMAND];

  it('describes every variable that is read', () => {
    expect(known.filter((name) => !documented.includes(name))).toEqual([]);
  });

  it('describes no variable that is not read, and none twice', () => {
    expect(documented.filter((name) => !known.includes(name ?? ''))).toEqual([]);
    expect(documented.length).toBe(new Set(documented).size);
  });

  it('sets nothing by itself: a copy of it changes nothing', () => {
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});
