import type { z } from 'zod';
import type { Completion } from './read-completion';

/** `unusable`: `correction` tells the model what to do better, null where the same question may bring a better answer. */
export type ParsedAnswer<T> =
  | { kind: 'data'; data: T }
  | { kind: 'unusable'; problem: string; correction: string | null }
  | { kind: 'final'; problem: string };

/** Reads what a model wrote as the wanted form. Nothing of it gets into a problem's text. */
export function parseAnswer<T>(schema: z.ZodType<T>, { content, refusal, finishReason }: Completion): ParsedAnswer<T> {
  if (refusal !== '' || finishReason === 'content_filter') return { kind: 'final', problem: 'declined to write this' };
  if (finishReason === 'length') return { kind: 'final', problem: 'was cut off at the limit of its answer' };
  if (content.trim() === '') return { kind: 'unusable', problem: 'answered with nothing', correction: null };
  const json = parseJson(content);
  if (json === undefined) {
    return {
      kind: 'unusable',
      problem: 'did not answer with JSON',
      correction: 'Answer again with one JSON object in the given form and nothing else.',
    };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: 'data', data: parsed.data };
  const issue = parsed.error.issues[0];
  const member = issue?.path.join('.') || 'the whole answer';
  return {
    kind: 'unusable',
    problem: `answered in another form than asked for (${member})`,
    correction: `The answer does not have the given form. At ${member}: ${issue?.message}. Answer again, complete and corrected.`,
  };
}

/** Models that are not held to a form like to wrap it into a code block. */
function parseJson(content: string): unknown {
  const fenced = content.match(/^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/i)?.[1];
  try {
    return JSON.parse(fenced ?? content);
  } catch {
    return undefined;
  }
}
