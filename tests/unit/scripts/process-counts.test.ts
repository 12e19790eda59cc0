import { describe, expect, it } from 'vitest';
import { processCounts, processNames } from '../../../scripts/stack/process-counts';

describe('how many processes of a part run', () => {
  it('is one of each unless said otherwise, and an empty variable says nothing', () => {
    expect(processCounts({})).toEqual({ workers: 1, webs: 1 });
    expect(processCounts({ OPPSPOT_WORKERS: '3', OPPSPOT_WEBS: '' })).toEqual({ workers: 3, webs: 1 });
    expect(processCounts({ OPPSPOT_WORKERS: '0' })).toEqual({ workers: 0, webs: 1 });
  });

  it.each([{ OPPSPOT_WORKERS: 'many' }, { OPPSPOT_WORKERS: '33' }, { OPPSPOT_WEBS: '0' }])('refuses %o', (env) => {
    expect(() => processCounts(env)).toThrow('must be a whole number');
  });

  it('numbers them when there are several', () => {
    expect(processNames('worker', 1)).toEqual(['worker']);
    expect(processNames('worker', 2)).toEqual(['worker-1', 'worker-2']);
    expect(processNames('worker', 0)).toEqual([]);
  });
});
