import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatEnvFile, loadEnvFile, readEnvFile } from '../../../scripts/bootstrap/env-file.mjs';

describe('environment files', () => {
  let folder = '';
  const write = (text: string) => {
    const file = path.join(folder, '.env');
    fs.writeFileSync(file, text);
    return file;
  };
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oppspot-env-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('are read back as they were written, whatever the values hold', () => {
    const values = {
      A: 'redis://:p=w#d@127.0.0.1:1',
      B: '',
      C: 'two words # no comment',
      D: `it's "quoted"`,
      E: '{oppspot}',
    };
    expect(readEnvFile(write(formatEnvFile(values)))).toEqual(values);
  });

  it('do not change what is set already, not even to nothing', () => {
    const env: Record<string, string | undefined> = { SET: 'mine', EMPTY: '' };
    loadEnvFile(write('SET=theirs\nEMPTY=theirs\nNEW="a b"\n# a comment\n'), env);
    expect(env).toEqual({ SET: 'mine', EMPTY: '', NEW: 'a b' });
  });

  it('may be missing', () => {
    expect(readEnvFile(path.join(folder, 'nowhere'))).toEqual({});
  });
});
