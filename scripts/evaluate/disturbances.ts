import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@/lib/errors';
import { leavesOf } from '@/lib/research/evidence/json-path';
import { checkReport } from '@/lib/research/groundedness';
import { type ReportDocument, reportDocumentSchema } from '@/lib/research/schema';
import { PROVIDER_IDS } from '@/lib/sources/providers';
import { createSourcesIn } from '@/lib/sources/registry';
import { openTestSandbox } from '@/tests/support/faulty-sandbox';
import { sourceContext } from '@/tests/support/source-context';
import { NOW, researchWith } from '@/tests/unit/research/research-stand';
import { type Measure, verdictOf } from './measure';
import { PLENTY, plentyForAll } from './plenty';

/** A demo company that every provider has something about. */
const COMPANY = 'DM000001';
/** Providers that answer badly are not waited for; the report to compare with must not lack what came late. */
const TIMEOUT_MS = 400;
const SOUND_TIMEOUT_MS = 10_000;
/** Says how a source was read, so it changes with the fault. */
const ABOUT_THE_READING = ['website_status'];
const FAULTS: Readonly<Record<string, Record<string, unknown>>> = {
  'too many requests': { kind: 'rate_limited', reset_in_seconds: 120 },
  'an HTML page with status 502': { kind: 'html' },
  'no answer in time': { kind: 'hang' },
  'half a body': { kind: 'truncated' },
  'an empty body': { kind: 'empty' },
  'not found': { kind: 'status', status: 404 },
};

/**
 * E11: each provider in turn answers in each of six bad ways. A report has to be written all the same, or the job has to
 * wait for a provider that asks for it; nothing may be stated that was not stated before.
 */
export async function measureDegradation(): Promise<Measure> {
  const sandbox = await openTestSandbox({ rateLimit: PLENTY.limit, rates: plentyForAll() });
  const cases: string[] = [];
  let runs = 0;
  let waited = 0;
  try {
    const sound = await research(sandbox.url, SOUND_TIMEOUT_MS);
    if (sound === 'waits') throw new Error('The report without a fault had to wait.');
    for (const provider of [...PROVIDER_IDS.map((id) => id.replaceAll('_', '-')), 'web']) {
      for (const [name, fault] of Object.entries(FAULTS)) {
        await sandbox.reset();
        await sandbox.disturb({ provider, ...fault });
        const outcome = await research(sandbox.url);
        runs += 1;
        if (outcome === 'waits') waited += 1;
        else cases.push(...problemsOf(outcome, sound).map((problem) => `${provider}, ${name}: ${problem}`));
      }
    }
  } finally {
    await sandbox.close();
  }
  return {
    id: 'E11',
    name: 'Bad answers',
    figure: `${runs} runs, ${cases.length} problems, ${waited} waited as asked; attempts within budgets: tests/integration/sources/fault-matrix.test.ts`,
    target: 'report written, nothing invented',
    verdict: verdictOf(cases.length === 0),
    hard: true,
    cases,
  };
}

type Outcome = Awaited<ReturnType<typeof researchWith>> | 'waits';

async function research(sandboxUrl: string, timeoutMs = TIMEOUT_MS): Promise<Outcome> {
  const channels = Object.fromEntries(PROVIDER_IDS.map((id) => [id, { timeoutMs }]));
  const sources = createSourcesIn(sourceContext(sandboxUrl, { now: () => NOW, channels }));
  return researchWith(sources, COMPANY, { isDemo: true }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'provider_rate_limited') return 'waits';
    throw error;
  });
}

function problemsOf(outcome: Exclude<Outcome, 'waits'>, sound: Exclude<Outcome, 'waits'>): string[] {
  const { document, payloads, dropped } = outcome;
  const known = JSON.stringify(sound.payloads);
  const invented = document.statements.filter(
    ({ field, method, value }) =>
      (method === 'copied' || method === 'parsed') &&
      !ABOUT_THE_READING.includes(field) &&
      leavesOf(value).some((leaf) => !stands(sound.document, known, leaf)),
  );
  const signals = document.signals.filter(
    ({ title }) => !sound.document.signals.some((known) => known.title === title),
  );
  return [
    ...(reportDocumentSchema.safeParse(document).success ? [] : ['no whole report']),
    ...[...dropped, ...checkReport(document, payloads)].map(({ check, detail }) => `${check} ${detail}`),
    ...invented.map(({ field }) => `${field} states what nobody said`),
    ...signals.map(({ title }) => `new signal: ${title}`),
  ];
}

/** A value that stands in the report without the fault, or in the answers that it was written from. */
function stands({ statements }: ReportDocument, answers: string, leaf: string | number | boolean | null): boolean {
  if (typeof leaf === 'boolean' || leaf === null) return true;
  return (
    answers.includes(JSON.stringify(leaf)) ||
    statements.some(({ value }) => leavesOf(value).some((other) => isDeepStrictEqual(other, leaf)))
  );
}
