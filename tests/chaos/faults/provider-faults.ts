import { setTimeout as wait } from 'node:timers/promises';
import type { MachineFaultKind } from './fault-kinds';
import { type FaultTools, NOBODY, type Victim } from './fault-tools';
import type { PlannedFault } from './plan-faults';

type ProviderFaultKind = Extract<MachineFaultKind, `provider-${string}`>;

/** In the sandbox's own words. */
const DISTURBANCES: Record<ProviderFaultKind, Record<string, unknown>> = {
  'provider-errors': { kind: 'status', status: 503 },
  'provider-slow': { kind: 'slow', delay_ms: 4_000 },
  'provider-hang': { kind: 'hang' },
  'provider-reset': { kind: 'reset' },
  'provider-limit': { kind: 'rate_limited', reset_in_seconds: 3 },
};

/** The provider misbehaves for a while: towards everybody, or for one in two kinds of documents. */
export function disturbProvider(kind: ProviderFaultKind) {
  return async ({ mood, over }: FaultTools, { target, lastsMs }: PlannedFault): Promise<Victim> => {
    const path = target < 0.5 ? {} : { path: '/company/*/*' };
    const calm = await mood.disturb({ ...DISTURBANCES[kind], ...path });
    await wait(lastsMs, undefined, { signal: over }).catch(() => undefined);
    await calm();
    return NOBODY;
  };
}
