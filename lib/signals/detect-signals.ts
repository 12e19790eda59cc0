import { addDays } from '@/lib/companies/register/calendar';
import { type Register, readRegister } from '@/lib/companies/register/register';
import type { JobContext } from '@/lib/queue/job-context';
import type { SourceId } from '@/lib/sources/registry';
import type { Detector, WorkingDetector } from './detector';
import { DETECTORS } from './detectors';
import type { DetectedSignal, SignalCheck, SignalDetection, SignalType } from './schema';

export const DEFAULT_LOOKBACK_DAYS = 365;

export type DetectionContext = Pick<JobContext, 'sources' | 'now' | 'signal'>;
export type DetectionInput = {
  companyNumber: string;
  /** Only these types; all of them when absent. */
  signalTypes?: readonly string[] | undefined;
  /** Only these sources may be read; all of them when absent. */
  sources?: readonly string[] | undefined;
  /** How many days before today an event may lie; 365 when absent. */
  lookbackDays?: number | undefined;
};

/**
 * Looks for dated events in what the register says about a company.
 *
 * A source that did not answer makes its detectors `not_run` with the reason: an outage is not silence. The same answers
 * and the same day give the same signals, newest first.
 * @throws the reason of `ctx.signal` when the job is stopped, and AppError `provider_rate_limited` from the sources.
 */
export async function detectSignals(ctx: DetectionContext, input: DetectionInput): Promise<SignalDetection> {
  const wanted = DETECTORS.filter(({ type }) => isWanted(type, input.signalTypes));
  const needed = sourcesOf(wanted);
  const register = await readRegister(
    ctx,
    input.companyNumber,
    (source) => needed.has(source) && isAllowed(source, input.sources),
    needed,
  );
  const today = ctx.now().toISOString().slice(0, 10);
  const window = { from: addDays(today, -(input.lookbackDays ?? DEFAULT_LOOKBACK_DAYS)), to: today };
  const results = DETECTORS.map((detector) =>
    wanted.includes(detector)
      ? runDetector(detector, register, window)
      : { check: notRun(detector, `Signals of type ${detector.type} were not asked for.`), signals: [] },
  );
  return {
    signals: results.flatMap(({ signals }) => signals).sort(newestFirst),
    checks: results.map(({ check }) => check),
  };
}

type Window = { from: string; to: string };
type DetectorResult = { check: SignalCheck; signals: DetectedSignal[] };

function isWanted(type: SignalType, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(type);
}

function sourcesOf(detectors: readonly Detector[]): Set<SourceId> {
  return new Set(detectors.flatMap((detector) => ('notRun' in detector ? [] : [...detector.needs, ...detector.uses])));
}

/** A filter names sources (`companies_house.charges`) or whole providers (`companies_house`). */
function isAllowed(id: SourceId, wanted: readonly string[] | undefined): boolean {
  return !wanted?.length || wanted.some((name) => id === name || id.startsWith(`${name}.`));
}

function runDetector(detector: Detector, register: Register, window: Window): DetectorResult {
  if ('notRun' in detector) return { check: notRun(detector, detector.notRun), signals: [] };
  const signals = detector
    .detect(register)
    .filter(({ event_date }) => event_date >= window.from && event_date <= window.to);
  if (signals.length > 0) return { check: { detector: detector.name, outcome: 'found', reason: null }, signals };
  const unread = unreadNeeds(detector, register);
  if (unread.length > 0) return { check: notRun(detector, unread.join(' ')), signals: [] };
  return { check: { detector: detector.name, outcome: 'none', reason: null }, signals: [] };
}

function unreadNeeds(detector: WorkingDetector, register: Register): string[] {
  return detector.needs.map((source) => register.whyUnread(source)).filter((reason) => reason !== null);
}

function notRun(detector: Detector, reason: string): SignalCheck {
  return { detector: detector.name, outcome: 'not_run', reason };
}

function newestFirst(a: DetectedSignal, b: DetectedSignal): number {
  return b.event_date.localeCompare(a.event_date) || a.dedupe_key.localeCompare(b.dedupe_key);
}
