import { createHash } from 'node:crypto';
import { detectSignals } from '@/lib/signals/detect-signals';
import type { DetectedSignal } from '@/lib/signals/schema';
import type { ProcessorOf } from '../define-queue';
import type { JobEffects } from '../job-context';
import { startWorker } from '../process/start-worker';
import { signalsQueue } from '../queues/signals-queue';
import { runnerFor } from '../runner';
import { requireAnswer } from './require-answer';

const NOTIFY_CONFIDENCE = 0.8;
const NOTIFY_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Looks for dated events; stores each once, and tells about the fresh and confident ones in one message. */
export const processSignals: ProcessorOf<typeof signalsQueue> = async (ctx, payload) => {
  await ctx.progress({ step: { name: 'detect', label: 'Looking for events', index: 1, total: 1 }, progress: 10 });
  // Nearly all signals come from the filings; a caller who named other sources does not want them read.
  if (!payload.sources?.length) await requireAnswer(ctx, 'companies_house.filing_history');
  const { signals, checks } = await detectSignals(ctx, {
    companyNumber: ctx.companyId,
    signalTypes: payload.signal_types,
    sources: payload.sources,
    lookbackDays: payload.lookback_days,
  });
  return {
    result: {
      found: signals.length,
      signals: signals.map(({ type, title, event_date, confidence }) => ({ type, title, event_date, confidence })),
      checks,
    },
    effects: {
      signals: signals.map(toSignalEffect),
      notifications: digestOf({ id: ctx.companyId, name: ctx.companyName }, signals, ctx.now()),
    },
  };
};

function toSignalEffect(signal: DetectedSignal): NonNullable<JobEffects['signals']>[number] {
  const { origin, locator, snippet, also, ...facts } = signal;
  return { ...facts, source: origin.source, evidence: { origin, locator, snippet, also } };
}

/** One message per company and set of events: the same events are never told twice, a new one brings a new message. */
function digestOf(
  company: { id: string; name: string },
  signals: readonly DetectedSignal[],
  now: Date,
): NonNullable<JobEffects['notifications']> {
  const since = new Date(now.getTime() - NOTIFY_DAYS * DAY_MS).toISOString().slice(0, 10);
  const news = signals.filter(({ confidence, event_date }) => confidence >= NOTIFY_CONFIDENCE && event_date >= since);
  if (news.length === 0) return [];
  const keys = news.map(({ dedupe_key }) => dedupe_key).sort();
  return [
    {
      kind: 'signals',
      title: news.length === 1 ? `${company.name}: ${news[0]?.title}` : `${company.name}: ${news.length} new signals`,
      body: {
        company_id: company.id,
        company_name: company.name,
        signals: news.map(({ type, title, event_date, confidence }) => ({ type, title, event_date, confidence })),
      },
      dedupe_key: `signals:${company.id}:${createHash('sha256').update(keys.join('\n')).digest('hex').slice(0, 32)}`,
    },
  ];
}

export const signalsRunner = runnerFor(signalsQueue, processSignals);

/** Starts taking buying-signals jobs in this process. @param concurrency jobs at a time; by default as configured. */
export const startSignalsWorker = (concurrency?: number) => startWorker(signalsRunner, concurrency);
