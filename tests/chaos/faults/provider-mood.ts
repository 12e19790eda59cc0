type SandboxFault = Record<string, unknown>;

export type ProviderMood = {
  /** Disturbs the provider. @returns ends this disturbance. */
  disturb(fault: SandboxFault): Promise<() => Promise<void>>;
  /** Only its usual slowness is left. */
  calm(): Promise<void>;
};

/** As slow as a register on a working day, so that jobs are under way when something happens. */
const USUAL: readonly SandboxFault[] = [
  { path: '/company/*/filing-history*', kind: 'slow', delay_ms: 2_500 },
  { path: '/company/*/officers*', kind: 'slow', delay_ms: 1_500 },
  { path: '/company/*', kind: 'slow', delay_ms: 800 },
];

/** Sets how the sandbox behaves; the sandbox takes the first fault that matches, so disturbances go in front. */
export async function createProviderMood(sandboxUrl: string): Promise<ProviderMood> {
  const disturbances = new Set<SandboxFault>();
  let applied: Promise<unknown> = Promise.resolve();
  const replace = async () => {
    await fetch(`${sandboxUrl}/_faults`, { method: 'DELETE' });
    const body = JSON.stringify([...disturbances, ...USUAL]);
    const response = await fetch(`${sandboxUrl}/_faults`, { method: 'POST', body });
    if (response.status !== 201) throw new Error(`The sandbox refused a fault: ${await response.text()}`);
  };
  // One after the other: a late answer must not bring back what has been ended meanwhile.
  const apply = async () => {
    applied = applied.then(replace);
    await applied;
  };
  await apply();
  return {
    async disturb(fault) {
      disturbances.add(fault);
      await apply();
      return async () => {
        disturbances.delete(fault);
        await apply();
      };
    },
    async calm() {
      disturbances.clear();
      await apply();
    },
  };
}
