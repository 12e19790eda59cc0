import type { SandboxOptions } from '@/sandbox/create-sandbox';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';

export type TestSandbox = RunningSandbox & {
  /** Switches disturbances on, in the form of `POST /_faults`. */
  disturb(...faults: Record<string, unknown>[]): Promise<void>;
  /** Switches all disturbances off and forgets what was counted. */
  reset(): Promise<void>;
  /** Requests to a provider (the register when absent) so far: in all, per path and per status. */
  stats(provider?: string): Promise<{ total: number; paths: Record<string, number>; statuses: Record<string, number> }>;
};

/** A sandbox on a free port, with short words for its control addresses. */
export async function openTestSandbox(options: SandboxOptions = {}): Promise<TestSandbox> {
  const sandbox = await startSandbox(options);
  return {
    ...sandbox,
    async disturb(...faults) {
      const response = await fetch(`${sandbox.url}/_faults`, { method: 'POST', body: JSON.stringify(faults) });
      if (response.status !== 201) throw new Error(await response.text());
    },
    async reset() {
      await fetch(`${sandbox.url}/_faults`, { method: 'DELETE' });
      await fetch(`${sandbox.url}/_stats`, { method: 'DELETE' });
    },
    async stats(provider = 'companies-house') {
      const stats: unknown = await (await fetch(`${sandbox.url}/_stats`)).json();
      // The sandbox's own document; tests fail visibly when it changes.
      const { providers } = stats as { providers: Record<string, Awaited<ReturnType<TestSandbox['stats']>>> };
      return providers[provider] ?? { total: 0, paths: {}, statuses: {} };
    },
  };
}
