import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../../scripts/local-supabase/admission';

const patient = new AbortController().signal;

describe('letting requests in', () => {
  it('works on no more than it has places, and on the others in order of arrival', async () => {
    const admission = createAdmission(1);
    const order: string[] = [];
    const leave = await admission.enter(patient);
    const others = ['second', 'third'].map(async (name) => {
      const release = await admission.enter(patient);
      order.push(name);
      release?.();
    });
    expect(order).toEqual([]);
    leave?.();
    await Promise.all(others);
    expect(order).toEqual(['second', 'third']);
  });

  it('passes over whoever has given up waiting', async () => {
    const admission = createAdmission(1);
    const impatient = new AbortController();
    const leave = await admission.enter(patient);
    const given = admission.enter(impatient.signal);
    const next = admission.enter(patient);
    impatient.abort();
    leave?.();
    expect(await given).toBeNull();
    expect(await next).toBeTypeOf('function');
  });
});
