import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolderHolder, lockDataFolder } from '../../../scripts/bootstrap/data-lock.mjs';
import { processStart } from '../../../scripts/bootstrap/process-identity.mjs';

describe('the lock on a data folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'oppspot-lock-')), 'data');
  });
  afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));
  const writeLock = (holder: object) => {
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, 'lock'), JSON.stringify(holder));
  };

  it('refuses a second process with the pid of the first and how to stop it', () => {
    lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(`process ${process.pid}`);
    expect(() => lockDataFolder(folder)).toThrow(`kill ${process.pid}`);
    expect(dataFolderHolder(folder)?.pid).toBe(process.pid);
  });

  it('can be taken again after it was given back', () => {
    lockDataFolder(folder)();
    expect(dataFolderHolder(folder)).toBeNull();
    expect(fs.readdirSync(folder)).toEqual([]);
    lockDataFolder(folder)();
  });

  it('is taken over from a process that is gone', () => {
    writeLock({ pid: 2 ** 30, start: '1', since: '2026-01-01T00:00:00Z' });
    expect(dataFolderHolder(folder)).toBeNull();
    lockDataFolder(folder);
    expect(dataFolderHolder(folder)?.pid).toBe(process.pid);
    expect(fs.readdirSync(folder)).toEqual(['lock']);
  });

  it('is taken over when its number belongs to a later process by now', () => {
    writeLock({ pid: process.ppid, start: `not ${processStart(process.ppid)}`, since: '2026-01-01T00:00:00Z' });
    lockDataFolder(folder);
    expect(dataFolderHolder(folder)?.pid).toBe(process.pid);
  });

  it('is taken over when a crash left half of it', () => {
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, 'lock'), '{"pid":');
    lockDataFolder(folder);
    expect(dataFolderHolder(folder)?.pid).toBe(process.pid);
  });
});
