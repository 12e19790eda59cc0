import { type Context, Hono } from 'hono';
import { disturb } from './disturb';
import { createFaults, type Fault, faultsSchema } from './faults';
import { createModelScript, modelAnswersSchema } from './model-script';
import type { Provider, ProviderTools } from './provider';
import { PROVIDERS } from './providers';
import { createRateWindow, type RateWindow, type RateWindowOptions } from './rate-window';
import { DEMO_RECORDINGS, openRecordings } from './recordings';
import { createRequestLog } from './request-log';
import { createStats } from './stats';

export type SandboxOptions = {
  /** Folders of recordings that come before the demo companies. */
  recordings?: readonly string[] | undefined;
  faults?: readonly Fault[] | undefined;
  /** Requests per window and key of the register; its own 600 per 300 seconds by default. */
  rateLimit?: number | undefined;
  rateWindowSeconds?: number | undefined;
  /** Windows of other providers, by name, instead of their own. */
  rates?: Readonly<Record<string, RateWindowOptions>> | undefined;
  /** How many requests `/_log` remembers; none by default. */
  logLimit?: number | undefined;
};

/**
 * A local stand-in for the providers: it speaks their contracts and answers from recordings. `/_faults` disturbs answers,
 * `/_stats` counts requests, `/_log` lists them, `/_llm` scripts the model.
 */
export function createSandbox(options: SandboxOptions = {}): Hono {
  const now = () => new Date();
  const faults = createFaults(options.faults);
  const stats = createStats(now);
  const log = createRequestLog(options.logLimit ?? 0, now);
  const windows = openWindows(options, now);
  const model = createModelScript();
  const recordings = openRecordings([...(options.recordings ?? []), DEMO_RECORDINGS]);

  const app = new Hono();
  app.get('/', (c) => c.json({ sandbox: true, providers: PROVIDERS.map(({ name }) => name) }));
  app.get('/_stats', (c) => c.json(stats.read()));
  app.delete('/_stats', (c) => {
    stats.clear();
    return c.body(null, 204);
  });
  app.get('/_log', (c) => c.json(log.read()));
  app.delete('/_log', (c) => {
    log.clear();
    return c.body(null, 204);
  });
  app.get('/_faults', (c) => c.json(faults.list()));
  app.post('/_faults', async (c) => {
    const parsed = faultsSchema.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return c.json({ error: 'invalid faults', issues: parsed.error.issues }, 400);
    faults.add(parsed.data);
    return c.json(faults.list(), 201);
  });
  app.delete('/_faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.post('/_llm', async (c) => {
    const parsed = modelAnswersSchema.safeParse(await c.req.json().catch(() => null));
    if (!parsed.success) return c.json({ error: 'invalid answers', issues: parsed.error.issues }, 400);
    model.add(parsed.data);
    return c.body(null, 204);
  });
  app.get('/_llm', (c) => c.json(model.read()));
  app.delete('/_llm', (c) => {
    model.clear();
    return c.body(null, 204);
  });
  for (const provider of PROVIDERS) {
    app.all(`/${provider.name}/*`, async (c) => {
      const path = c.req.path.slice(provider.name.length + 1);
      const answered = log.arrived(provider.name, path);
      const fault = faults.take(provider.name, path);
      const answer = () => answerAsProvider(c, provider, path, { recordings, model }, windows, now);
      const response = fault === null ? await answer() : await disturb(c, fault, provider, answer);
      answered(response.status);
      stats.count(provider.name, path, response.status);
      return response;
    });
  }
  return app;
}

function openWindows(options: SandboxOptions, now: () => Date): ReadonlyMap<string, RateWindow> {
  const windows = new Map<string, RateWindow>();
  for (const { name, rate } of PROVIDERS) {
    const own = options.rates?.[name] ?? rate;
    const ofRegister = { limit: options.rateLimit ?? 600, windowSeconds: options.rateWindowSeconds ?? 300 };
    const used = name === 'companies-house' ? ofRegister : own;
    if (used !== undefined) windows.set(name, createRateWindow(used, now));
  }
  return windows;
}

async function answerAsProvider(
  c: Context,
  provider: Provider,
  path: string,
  tools: ProviderTools,
  windows: ReadonlyMap<string, RateWindow>,
  now: () => Date,
): Promise<Response> {
  const admission = provider.admit(c);
  if (admission instanceof Response) return admission;
  const window = windows.get(provider.account ?? provider.name)?.use(admission);
  if (window !== undefined && window.remaining < 0) return provider.limited(window, now());
  const response = await provider.answer(c, path, tools);
  const headers = window === undefined ? {} : (provider.windowHeaders?.(window) ?? {});
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
