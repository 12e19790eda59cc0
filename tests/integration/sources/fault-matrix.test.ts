import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { SourceInput } from '@/lib/sources/define-source';
import { PROVIDER_IDS, providerSpec } from '@/lib/sources/providers';
import { SOURCE_IDS, type SourceId } from '@/lib/sources/registry';
import { DEMO_RECORDINGS, openRecordings } from '@/sandbox/recordings';
import { FAULTS } from './fault-kinds';
import { contentOf, inventedIn, openMemory, openStand, PATIENT_MS, type Read, readSource, TODAY } from './fault-stand';

/** Sources that answer from tables of our own and ask nobody. */
const ASK_NOBODY: readonly SourceId[] = ['gender_pay_gap.returns', 'register_file.same_address'];
const DAY_MS = 86_400_000;
/** A call is tried three times. */
const ATTEMPTS = 3;

type Case = { id: SourceId; input: SourceInput; truth: Read; provider: string };

const profile = z.looseObject({
  company_name: z.string(),
  registered_office_address: z.looseObject({ postal_code: z.string() }),
});

/** What every source answers without faults, about as many demo companies as it takes to ask all of its providers. */
async function findCases(): Promise<Case[]> {
  const recordings = openRecordings([DEMO_RECORDINGS]);
  const numbers = await recordings.list('companies-house', '/company');
  const inputs = await Promise.all(
    numbers.map(async (companyNumber): Promise<SourceInput> => {
      const recording = await recordings.find('companies-house', `/company/${companyNumber}`);
      const { company_name: companyName, registered_office_address: address } = profile.parse(recording?.body);
      return { companyNumber, companyName, postcode: address.postal_code };
    }),
  );
  const sandbox = await openStand();
  const cases: Case[] = [];
  for (const id of SOURCE_IDS.filter((source) => !ASK_NOBODY.includes(source))) {
    const asked = new Set<string>();
    for (const input of inputs) {
      const truth = await readSource(sandbox, id, input, { timeoutMs: PATIENT_MS });
      if (truth.outcome instanceof AppError || truth.outcome.outcome !== 'ok') continue;
      for (const provider of Object.keys(truth.requests).filter((name) => !asked.has(name))) {
        asked.add(provider);
        cases.push({ id, input, truth, provider });
      }
    }
  }
  await sandbox.close();
  return cases;
}

const cases = await findCases();
const matrix = cases.flatMap((one) => Object.entries(FAULTS).map(([name, fault]) => ({ ...one, name, ...fault })));

test('every source answers about some demo company, so that nothing here is tested on nothing', () => {
  const covered = new Set<string>([...cases.map(({ id }) => id), ...ASK_NOBODY]);
  expect([...covered].sort()).toEqual([...SOURCE_IDS].sort());
});

describe('a source says what is the case, invents nothing and asks no more than it may', () => {
  test.concurrent.each(matrix)('$id, while $provider answers with $name ($input.companyNumber)', async (cell) => {
    const { id, input, truth, provider, fault, becomes } = cell;
    const sandbox = await openStand();
    const memory = openMemory();
    await sandbox.disturb({ provider, ...fault });
    const read = await readSource(sandbox, id, input, { memory });
    await sandbox.reset();
    // A span of awards that was being read is claimed for two minutes.
    const well = { memory: { ...memory, awards: openMemory().awards }, timeoutMs: PATIENT_MS };
    const again = await readSource(sandbox, id, input, well);
    await sandbox.close();
    expectWithinBudget(read, truth);
    expectNothingInvented(read.outcome, truth);
    expectOutcome(cell, read.outcome);
    // What failed is not kept: as soon as the provider is well again the truth comes.
    const failed = read.outcome instanceof AppError || read.outcome.outcome === 'unavailable';
    if (failed && becomes !== 'missing') expect(contentOf(again.outcome)).toEqual(contentOf(truth.outcome));
  });
});

describe('a source that was read gives what it knew, marked as old where it was due to be read anew', () => {
  test.concurrent.each(cases)(
    '$id, while $provider is down eight days later',
    async ({ id, input, truth, provider }) => {
      const sandbox = await openStand();
      const memory = openMemory();
      await readSource(sandbox, id, input, { memory, timeoutMs: PATIENT_MS });
      await sandbox.disturb({ provider, kind: 'status', status: 503 });
      const later = await readSource(sandbox, id, input, { memory, now: new Date(TODAY.getTime() + 8 * DAY_MS) });
      await sandbox.close();
      const { outcome } = later;
      expectNothingInvented(outcome, truth);
      expect(outcome).toHaveProperty('outcome', 'ok');
      // A source of several providers may have learnt the same from another one.
      if (Object.keys(truth.requests).length > 1) return;
      expect(contentOf(outcome)).toEqual(contentOf(truth.outcome));
      expect(outcome).toHaveProperty('origin.stale', (later.requests[provider] ?? 0) > 0);
    },
  );
});

/** No request beyond the budget, and none more than a few retries make. */
function expectWithinBudget(read: Read, truth: Read) {
  const total = Object.values(read.requests).reduce((sum, count) => sum + count, 0);
  const usual = Object.values(truth.requests).reduce((sum, count) => sum + count, 0);
  expect(total).toBeLessThanOrEqual(read.taken);
  expect(total).toBeLessThanOrEqual(ATTEMPTS * usual);
}

function expectNothingInvented(outcome: Read['outcome'], truth: Read) {
  expect(inventedIn(contentOf(outcome), contentOf(truth.outcome))).toEqual([]);
  if (outcome instanceof AppError || outcome.outcome === 'ok') return;
  expect(outcome.reason).toMatch(/^\S.{14,}$/s);
  expect(outcome.reason).not.toMatch(/127\.0\.0\.1|169\.254|test-key|undefined|\bat \w+ \(/);
}

function expectOutcome(
  { becomes, ofPages, provider, truth, codes = [], name }: (typeof matrix)[number],
  outcome: Read['outcome'],
) {
  const onlyProvider = Object.keys(truth.requests).length === 1;
  const kind = outcome instanceof AppError ? outcome.code : outcome.outcome;
  if (becomes === 'equal') return expect(contentOf(outcome)).toEqual(contentOf(truth.outcome));
  if (becomes === 'missing' || (provider === 'web' && ofPages === 'readable')) {
    return expect(['ok', 'empty', 'unavailable', 'skipped']).toContain(kind);
  }
  if (becomes === 'limited' && isEssential(provider)) {
    expect(kind).toBe('provider_rate_limited');
    return expect(outcome instanceof AppError && outcome.retryAt).toBeInstanceOf(Date);
  }
  // Something may be known from elsewhere, but what could not be looked at is never called empty.
  expect(onlyProvider ? ['unavailable'] : ['unavailable', 'ok'], name).toContain(kind);
  if (outcome instanceof AppError || outcome.outcome !== 'unavailable' || !onlyProvider) return;
  // A site whose robots.txt cannot be read now counts as down.
  const limits = provider === 'web' ? ['provider_rate_limited', 'provider_unavailable'] : ['provider_rate_limited'];
  expect(becomes === 'limited' ? limits : codes).toContain(outcome.code);
}

function isEssential(provider: string): boolean {
  const id = PROVIDER_IDS.find((candidate) => candidate.replaceAll('_', '-') === provider);
  return id !== undefined && providerSpec(id).essential === true;
}
