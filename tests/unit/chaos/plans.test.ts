import { describe, expect, it } from 'vitest';
import { FAULT_KINDS, isMachineFault } from '../../chaos/faults/fault-kinds';
import { planFaults } from '../../chaos/faults/plan-faults';
import { planLoad, USERS } from '../../chaos/load/plan-load';
import { commandOf, parseOptions } from '../../chaos/options';

const WHOLE = { seed: 7, seconds: 240, jobs: 400, faults: FAULT_KINDS };

describe('the schedule of a run', () => {
  it('is the same for the same seed and another one for another seed', () => {
    expect(planFaults(WHOLE)).toEqual(planFaults(WHOLE));
    expect(planLoad(WHOLE)).toEqual(planLoad(WHOLE));
    expect(planFaults({ ...WHOLE, seed: 8 })).not.toEqual(planFaults(WHOLE));
    expect(planLoad({ ...WHOLE, seed: 8 })).not.toEqual(planLoad(WHOLE));
  });

  it('has every kind of fault, within the time, in order', () => {
    const faults = planFaults(WHOLE);
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(FAULT_KINDS.filter(isMachineFault)));
    expect(faults.every(({ atMs }) => atMs < 240_000)).toBe(true);
    expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).sort((a, b) => a - b));
  });

  it('has only the kinds that were asked for', () => {
    const faults = planFaults({ ...WHOLE, faults: ['worker-kill', 'cancel'] });
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['worker-kill']));
    const load = planLoad({ ...WHOLE, faults: ['worker-kill', 'cancel'] });
    expect(load.every(({ copies }) => copies === 1)).toBe(true);
    expect(load.some(({ cancelAfterMs }) => cancelAfterMs !== null)).toBe(true);
  });

  it('has as many jobs as wanted, of all queues and users, each with a key of its own', () => {
    const load = planLoad(WHOLE);
    expect(load).toHaveLength(400);
    expect(new Set(load.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(400);
    expect(new Set(load.map(({ queue }) => queue)).size).toBe(4);
    expect(new Set(load.map(({ user }) => user)).size).toBe(USERS);
  });
});

describe('the options', () => {
  it('have defaults, and a drawn seed with which the run can be repeated', () => {
    const options = parseOptions({}, () => 42);
    expect(options).toMatchObject({ seconds: 240, jobs: 600, seed: 42, engine: 'ours', faults: FAULT_KINDS });
    expect(commandOf(options)).toBe('npm run chaos -- --seed 42 --seconds 240 --jobs 600');
    const some = parseOptions({ seed: '1', faults: 'cancel,worker-kill', engine: 'plain' });
    expect(commandOf(some)).toContain('--faults worker-kill,cancel --engine plain');
  });

  it.each([{ seconds: '5' }, { jobs: 'many' }, { faults: 'earthquake' }, { engine: 'steam' }])('refuse %o', (raw) => {
    expect(() => parseOptions(raw)).toThrow();
  });
});
