import { processStart } from '../bootstrap/process-identity.mjs';
import type { ChildDefinition } from './child-definition';
import { type ChildRun, killGroup } from './child-run';
import { startOrphanGuard } from './orphan-guard';
import type { StackProcess } from './stack-record';
import { type SupervisedChild, superviseChild } from './supervised-child';

export type Supervisor = {
  /** Starts a child and waits until it is ready. */
  start: (definition: ChildDefinition) => Promise<void>;
  processes: () => StackProcess[];
  /** Stops the named groups one after the other, the members of a group together. */
  stop: (groups: readonly (readonly string[])[]) => Promise<void>;
  /** Ends everything at once. */
  kill: () => void;
};

/**
 * Keeps the processes of the stack running.
 * @param options.say prints one line for the person at the terminal.
 * @param options.onChange called when a process came or went.
 */
export function createSupervisor(options: {
  logFolder: string;
  say: (text: string) => void;
  onChange: () => void;
}): Supervisor {
  const guard = startOrphanGuard();
  const stopping = new AbortController();
  const children: SupervisedChild[] = [];
  const starts: Promise<void>[] = [];
  const processes = new Map<number, StackProcess>();

  function watch(name: string, { process, exit }: ChildRun): void {
    const { pid } = process;
    if (pid === undefined) return;
    guard.add(pid);
    processes.set(pid, { name, pid, start: processStart(pid) });
    options.onChange();
    void exit.then(() => {
      guard.remove(pid);
      processes.delete(pid);
      options.onChange();
    });
  }

  async function start(definition: ChildDefinition): Promise<void> {
    children.push(await superviseChild(definition, { ...options, watch, stopping: stopping.signal }));
  }

  return {
    start: (definition) => {
      const started = start(definition);
      starts.push(started);
      return started;
    },
    processes: () => [...processes.values()],
    stop: async (groups) => {
      stopping.abort();
      await Promise.allSettled(starts);
      for (const group of groups) {
        await Promise.all(children.filter(({ name }) => group.includes(name)).map((child) => child.stop()));
      }
      guard.dismiss();
    },
    kill: () => {
      for (const pid of processes.keys()) killGroup(pid);
    },
  };
}
