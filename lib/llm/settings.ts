import { type Config, config } from '@/lib/config';

/** OpenRouter takes routing wishes, OpenAI the new name of the output limit, all others only what is common to all. */
export type ModelDialect = 'openrouter' | 'openai' | 'compatible';

export type ModelSettings = Omit<Config['llm'], 'requestsPerMinute'> & { dialect: ModelDialect };

const HOSTED: Readonly<Record<string, ModelDialect>> = { 'openrouter.ai': 'openrouter', 'api.openai.com': 'openai' };

/** @returns how to ask the configured model, or null when there is none: a hosted service needs a key. */
export function modelSettings(llm: Config['llm'] = config().llm): ModelSettings | null {
  const dialect = HOSTED[new URL(llm.baseUrl).hostname] ?? 'compatible';
  if (dialect !== 'compatible' && llm.apiKey === undefined) return null;
  const { requestsPerMinute: _, ...settings } = llm;
  return { ...settings, dialect };
}
