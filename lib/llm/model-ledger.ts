import { z } from 'zod';
import { logger } from '@/lib/logger';
import { callRpc, unwrap } from '@/lib/supabase/rpc';
import type { ServiceClient } from '@/lib/supabase/service-client';
import type { ModelSettings } from './settings';

/** For whom a model is asked. */
export type ModelClient = { reportId: string | null; jobId: string | null; userId: string | null };

export type OpenCall = { id: string; purpose: string; model: string; reservedUsd: number };
export type EndedCall = {
  id: string;
  state: 'answered' | 'failed';
  errorCode: string | null;
  servedModel: string | null;
  servedBy: string | null;
  generationId: string | null;
  inputTokens: number | null;
  cachedInputTokens: number | null;
  outputTokens: number | null;
  reasoningTokens: number | null;
  /** Null: not known, the reserved sum stays counted. */
  costUsd: number | null;
};

/** Where requests are recorded and budgets are kept. */
export type ModelLedger = {
  /** @throws AppError `model_budget_exceeded` when the request could cost more than is left, `database_unavailable`. */
  reserve(call: OpenCall, signal: AbortSignal): Promise<void>;
  /** Never fails: a call that cannot be settled stays counted at its reserved sum. */
  settle(call: EndedCall): Promise<void>;
};

/** The table `model_calls`, with the budgets of a report and of a day over all processes. */
export function databaseLedger(db: ServiceClient, settings: ModelSettings, client: ModelClient): ModelLedger {
  return {
    async reserve({ id, purpose, model, reservedUsd }, signal) {
      const call = {
        id,
        purpose,
        model,
        reserved_usd: reservedUsd,
        report_id: client.reportId,
        job_id: client.jobId,
        user_id: client.userId,
      };
      const budgets = { p_report_budget_usd: settings.reportBudgetUsd, p_day_budget_usd: settings.dayBudgetUsd };
      await callRpc(db, 'reserve_model_call', { p_call: call, ...budgets }, z.unknown(), { signal });
    },
    async settle(call) {
      const p_call = {
        id: call.id,
        state: call.state,
        error_code: call.errorCode,
        served_model: call.servedModel,
        served_by: call.servedBy,
        generation_id: call.generationId,
        input_tokens: call.inputTokens,
        cached_input_tokens: call.cachedInputTokens,
        output_tokens: call.outputTokens,
        reasoning_tokens: call.reasoningTokens,
        cost_usd: call.costUsd,
      };
      await callRpc(db, 'settle_model_call', { p_call }, z.unknown()).catch((cause) =>
        logger().warn({ callId: call.id, reason: String(cause) }, 'model.call_not_settled'),
      );
    },
  };
}

/** What a report cost so far, over all attempts of its job. */
export type ModelUse = { calls: number; costUsd: number; models: string[] };

const callSchema = z.object({
  served_model: z.string().nullable(),
  model: z.string(),
  cost_usd: z.coerce.number().nullable(),
  reserved_usd: z.coerce.number(),
});

/** @returns calls, cost (US dollars; the reserved sum where it is not known) and the models that answered. */
export async function readModelUse(client: Pick<ServiceClient, 'from'>, reportId: string): Promise<ModelUse> {
  const rows = unwrap(
    await client
      .from('model_calls')
      .select('served_model, model, cost_usd, reserved_usd')
      .eq('report_id', reportId)
      .order('started_at'),
  );
  const calls = z.array(callSchema).parse(rows);
  const costUsd = calls.reduce((sum, call) => sum + (call.cost_usd ?? call.reserved_usd), 0);
  return {
    calls: calls.length,
    costUsd: Math.round(costUsd * 1e6) / 1e6,
    models: [...new Set(calls.map((call) => call.served_model ?? call.model))],
  };
}
