import { readStackRecord } from '../../../scripts/stack/stack-record';
import type { Part, Process } from './engine';

/** The processes of one part of the stack on a data folder. */
export function processesOf(folder: string, part: Part): Process[] {
  const processes = readStackRecord(folder)?.processes ?? [];
  return processes.filter(({ name }) => name.replace(/-\d+$/, '') === part).map(({ name, pid }) => ({ name, pid }));
}
