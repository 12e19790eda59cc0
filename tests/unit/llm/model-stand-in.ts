import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { EndedCall, ModelLedger, OpenCall } from '@/lib/llm/model-ledger';
import { createModelRun, type ModelQuestion } from '@/lib/llm/model-run';
import type { ModelSettings } from '@/lib/llm/settings';
import { type ProviderServer, startProviderServer } from '../../support/provider-server';

export const KEY = 'sk-secret-of-the-test';
export const USAGE = { prompt_tokens: 25, completion_tokens: 10, total_tokens: 35, cost: 0.0021 };

export const answerSchema = z.object({ capital: z.string(), inhabitants: z.number().nullable() });
export const ANSWER = { capital: 'Paris', inhabitants: null };

export const question: ModelQuestion<z.infer<typeof answerSchema>> = {
  purpose: 'test',
  name: 'capital',
  schema: answerSchema,
  messages: [{ role: 'user', content: 'What is the capital of France? Do not repeat: zanzibar.' }],
  maxOutputTokens: 200,
};

/** Records in memory; refuses when `isEmpty` says that the budget is used up. */
export function memoryLedger(isEmpty: () => boolean = () => false) {
  const open: OpenCall[] = [];
  const ended: EndedCall[] = [];
  const ledger: ModelLedger = {
    async reserve(call) {
      if (isEmpty()) throw new AppError('model_budget_exceeded');
      open.push(call);
    },
    settle: async (call) => {
      ended.push(call);
    },
  };
  return { ledger, open, ended };
}

export function settingsOf(url: string, overrides: Partial<ModelSettings> = {}): ModelSettings {
  return {
    baseUrl: `${url}/v1`,
    apiKey: KEY,
    model: 'test/model',
    dialect: 'openrouter',
    timeoutMs: 2_000,
    reportBudgetUsd: 1,
    dayBudgetUsd: 1,
    inputPrice: 3,
    outputPrice: 15,
    ...overrides,
  };
}

/** A run against a stand-in, and all that it leaves behind. */
export function startRun(url: string, overrides: Partial<ModelSettings> = {}, isEmpty?: () => boolean) {
  const controller = new AbortController();
  const blocks: Date[] = [];
  const budget = {
    take: async (signal: AbortSignal) => signal.throwIfAborted(),
    block: async (until: Date) => {
      blocks.push(until);
    },
  };
  const { ledger, open, ended } = memoryLedger(isEmpty);
  const run = createModelRun({ settings: settingsOf(url, overrides), ledger, budget, signal: controller.signal });
  const abort = (reason: unknown) => controller.abort(reason);
  return { run, open, ended, blocks, signal: controller.signal, abort };
}

/** Answers one after the other; the last one from then on. Keeps what was asked. */
export async function startModel() {
  const server: ProviderServer = await startProviderServer();
  const asked: Asked[] = [];
  return {
    url: server.url,
    asked,
    close: server.close,
    answers(...answers: ((response: ServerResponse) => void)[]) {
      asked.length = 0;
      server.answerWith((request, response) => {
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () => {
          asked.push({ headers: request.headers, path: request.url ?? '', body: JSON.parse(body) });
          const answer = answers[Math.min(asked.length, answers.length) - 1];
          answer?.(response);
        });
      });
    },
  };
}

type Asked = {
  headers: Record<string, string | string[] | undefined>;
  path: string;
  body: Record<string, unknown> & { messages: { role: string; content: string }[] };
};

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

export const completion = (content: string | null, more: object = {}, choice: object = {}) => ({
  id: 'gen-1',
  object: 'chat.completion',
  model: 'served/model',
  provider: 'A Provider',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content }, ...choice }],
  usage: USAGE,
  ...more,
});

/** A stream of events; objects become data. */
export const stream =
  (...events: (object | string)[]) =>
  (response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const event of events)
      response.write(typeof event === 'string' ? `${event}\n\n` : `data: ${JSON.stringify(event)}\n\n`);
    response.end();
  };

export const chunk = (content: string, finish_reason: string | null = null, more: object = {}) => ({
  id: 'gen-2',
  object: 'chat.completion.chunk',
  model: 'served/model',
  provider: 'A Provider',
  choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason }],
  ...more,
});
