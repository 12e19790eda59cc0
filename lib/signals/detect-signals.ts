import { addDays } from '@/lib/companies/register/calendar';
import { type Register, readRegister } from '@/lib/companies/register/register';
import type { JobContext } from '@/lib/queue/job-context';
import type { SourceId } from '@/lib/sources/registry';
import type { Detector } from './detector';
import { DETECTORS } from './detectors';
import {
  type DetectedSignal,
  NOT_RUN_CAUSES,
  type SignalCheck,
  type SignalDetection,
  type SignalPlace,
  type SignalType,
} from './schema';

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
    wanted.includes(detector) ? runDetector(detector, register, window) : { check: notWanted(detector), signals: [] },
  );
  return {
    signals: toldOnce(results.flatMap(({ signals }) => signals)).sort(newestFirst),
    checks: results.map(({ check }) => check),
  };
}

type Window = { from: string; to: string };
type DetectorResult = { check: SignalCheck; signals: DetectedSignal[] };

function isWanted(type: SignalType, wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(type);
}

function sourcesOf(detectors: readonly Detector[]): Set<SourceId> {
  return new Set(detectors.flatMap(({ needs, uses }) => [...needs, ...uses]));
}

/** A filter names sources (`companies_house.charges`) or whole providers (`companies_house`). */
function isAllowed(id: SourceId, wanted: readonly string[] | undefined): boolean {
  return !wanted?.length || wanted.some((name) => id === name || id.startsWith(`${name}.`));
}

function runDetector(detector: Detector, register: Register, window: Window): DetectorResult {
  const signals = detector
    .detect(register)
    .filter(({ event_date }) => event_date >= window.from && event_date <= window.to);
  return { check: checkOf(detector, register, signals.length > 0), signals };
}

/** Silence of a source that should have been read is not "nothing found": then the detector did not run. */
function checkOf(detector: Detector, register: Register, isFound: boolean): SignalCheck {
  const unread = detector.needs.filter((source) => register.whyUnread(source) !== null);
  const reasons = unread.flatMap((source) => register.whyUnread(source) ?? []);
  const causes = unread.map((source) => register.unreadBecause(source));
  const unreadable = isFound || unread.length > 0 ? null : (detector.whyUnreadable?.(register) ?? null);
  if (unreadable !== null) return notReadable(detector, register, unreadable);
  const isRun = isFound || unread.length === 0;
  return {
    detector: detector.name,
    label: detector.label,
    outcome: isFound ? 'found' : isRun ? 'none' : 'not_run',
    reason: reasons.length === 0 ? null : [...new Set(reasons)].join(' '),
    // What broke down may work the next time, so it is told before what was never there.
    cause: isRun ? null : (NOT_RUN_CAUSES.find((cause) => causes.includes(cause)) ?? null),
    looked_in: [...detector.needs, ...detector.uses].filter((source) => register.originOf(source) !== null),
    unread,
  };
}

/** The register answered, but not in a form that shows whether there is anything. */
function notReadable({ name, label, needs, uses }: Detector, register: Register, reason: string): SignalCheck {
  const nothing = needs.filter((source) => register.whyNothing(source) !== null);
  const unread = nothing.length === 0 ? [...needs] : nothing;
  const read = [...needs, ...uses].filter((source) => register.originOf(source) !== null && !unread.includes(source));
  return { detector: name, label, outcome: 'not_run', reason, cause: 'nothing_to_ask', looked_in: read, unread };
}

function notWanted({ name, label, type, needs }: Detector): SignalCheck {
  const reason = `Signals of type ${type} were not asked for.`;
  return { detector: name, label, outcome: 'not_run', reason, cause: 'not_wanted', looked_in: [], unread: [...needs] };
}

/** What another signal cites as well is the same event: the article about an allotment is not told beside it. */
function toldOnce(signals: readonly DetectedSignal[]): DetectedSignal[] {
  const cited = new Set(signals.flatMap(({ also }) => also.map(placeKey)));
  return signals.filter((signal) => !cited.has(placeKey(signal)));
}

function placeKey({ origin, locator }: SignalPlace): string {
  return `${origin.source} ${locator}`;
}

function newestFirst(a: DetectedSignal, b: DetectedSignal): number {
  return b.event_date.localeCompare(a.event_date) || a.dedupe_key.localeCompare(b.dedupe_key);
}
