import { type Context, Hono } from 'hono';
import { disturb } from './disturb';
import { createFaults, type Fault, faultsSchema } from './faults';
import type { Provider, ProviderTools } from './provider';
import { PROVIDERS } from './providers';
import { createRateWindow } from './rate-window';
import { DEMO_RECORDINGS, openRecordings } from './recordings';
import { createRequestLog } from './request-log';
import { createStats } from './stats';

export type SandboxOptions = {
  /** Folders of recordings that come before the demo companies. */
  recordings?: readonly string[] | undefined;
  faults?: readonly Fault[] | undefined;
  /** Requests per window and key; the register's own 600 per 300 seconds by default. */
  rateLimit?: number | undefined;
  rateWindowSeconds?: number | undefined;
  /** How many requests `/_log` remembers; none by default. */
  logLimit?: number | undefined;
};

/**
 * A local stand-in for the providers: it speaks their contracts and answers from recordings. `/_faults` disturbs answers,
 * `/_stats` counts requests, `/_log` lists them.
 */
export function createSandbox(options: SandboxOptions = {}): Hono {
  const now = () => new Date();
  const faults = createFaults(options.faults);
  const stats = createStats(now);
  const log = createRequestLog(options.logLimit ?? 0, now);
  const rate = { limit: options.rateLimit ?? 600, windowSeconds: options.rateWindowSeconds ?? 300 };
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
  for (const provider of PROVIDERS) {
    const tools: ProviderTools = { recordings, rateWindow: createRateWindow(rate, now) };
    app.all(`/${provider.name}/*`, async (c) => {
      const path = c.req.path.slice(provider.name.length + 1);
      const answered = log.arrived(provider.name, path);
      const fault = faults.take(provider.name, path);
      const answer = () => answerAsProvider(c, provider, path, tools);
      const response = fault === null ? await answer() : await disturb(c, fault, provider, answer);
      answered(response.status);
      stats.count(provider.name, path, response.status);
      return response;
    });
  }
  return app;
}

async function answerAsProvider(c: Context, provider: Provider, path: string, tools: ProviderTools): Promise<Response> {
  const admission = provider.admit(c, tools);
  if (admission instanceof Response) return admission;
  const response = await provider.answer(c, path, tools);
  for (const [name, value] of Object.entries(admission)) response.headers.set(name, value);
  return response;
}
