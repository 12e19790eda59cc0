import { z } from 'zod';

/** One answer of the model's stand-in. Members that are absent have ordinary values. */
const modelAnswer = z.object({
  /** Only for requests whose messages contain this text. */
  when: z.string().optional(),
  /** The text of the answer; objects are written as JSON. */
  content: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional(),
  /** Instead of a text: joins the points that it is given two by two, as a model does that keeps to what it is asked. */
  restates: z.boolean().default(false),
  refusal: z.string().optional(),
  finish_reason: z.enum(['stop', 'length', 'content_filter', 'error']).default('stop'),
  prompt_tokens: z.number().int().min(0).default(400),
  completion_tokens: z.number().int().min(0).default(100),
  /** US dollars. */
  cost: z.number().min(0).default(0.0004),
  /** Reported in an answer of status 200; in a stream after the first half of the content. */
  error: z.object({ code: z.number().int(), message: z.string(), error_type: z.string().default('server') }).optional(),
  /** How many requests it answers. */
  count: z.number().int().min(1).default(1),
});
export const modelAnswersSchema = z.union([modelAnswer.transform((answer) => [answer]), z.array(modelAnswer)]);
export type ModelAnswer = z.infer<typeof modelAnswer>;

export type ModelScript = {
  add(answers: readonly ModelAnswer[]): void;
  /** @param request text of a request's messages. @returns the first answer that fits, used up; null when none does. */
  take(request: string): ModelAnswer | null;
  /** Answers that are left, and the requests so far, newest last. */
  read(): { answers: readonly ModelAnswer[]; requests: readonly unknown[] };
  noteRequest(request: unknown): void;
  clear(): void;
};

/** What the model's stand-in says, in order. */
export function createModelScript(): ModelScript {
  let answers: ModelAnswer[] = [];
  let requests: unknown[] = [];
  return {
    add(more) {
      answers.push(...more);
    },
    take(request) {
      const taken = answers.find(({ when }) => when === undefined || request.includes(when));
      if (taken === undefined) return null;
      const left = { ...taken, count: taken.count - 1 };
      answers = answers.flatMap((other) => (other !== taken ? [other] : left.count > 0 ? [left] : []));
      return taken;
    },
    read: () => ({ answers, requests }),
    noteRequest(request) {
      requests = [...requests.slice(-99), request];
    },
    clear() {
      answers = [];
      requests = [];
    },
  };
}

const pointsSchema = z.object({
  points: z.array(
    z.object({ point: z.int(), wording: z.string(), statements: z.array(z.string()), gaps: z.array(z.string()) }),
  ),
});

/** @returns the points of a request for a section, joined two by two into sentences; null when there are none. */
export function restated(messages: readonly string[]): { sentences: unknown[] } | null {
  const data = messages.flatMap((message) => pointsSchema.safeParse(parseJson(message)).data ?? [])[0];
  if (data === undefined) return null;
  const pairs = data.points.flatMap((_, index, all) => (index % 2 === 0 ? [all.slice(index, index + 2)] : []));
  return {
    sentences: pairs.map((points) => ({
      text: points.map(({ wording }) => wording).join(' '),
      points: points.map(({ point }) => point),
      statements: [...new Set(points.flatMap(({ statements }) => statements))],
      gaps: [...new Set(points.flatMap(({ gaps }) => gaps))],
    })),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @returns the smallest value that a JSON schema (the part of it that structured output takes) allows. */
export function smallestValue(schema: unknown): unknown {
  const known = z
    .looseObject({
      type: z.union([z.string(), z.array(z.string())]).optional(),
      enum: z.array(z.unknown()).min(1).optional(),
      const: z.unknown().optional(),
      properties: z.record(z.string(), z.unknown()).optional(),
      required: z.array(z.string()).optional(),
      items: z.unknown().optional(),
      minItems: z.number().optional(),
      minimum: z.number().optional(),
      anyOf: z.array(z.unknown()).min(1).optional(),
    })
    .safeParse(schema).data;
  if (known === undefined) return null;
  if (known.const !== undefined) return known.const;
  if (known.enum !== undefined) return known.enum[0];
  if (known.anyOf !== undefined) return smallestValue(known.anyOf.at(-1));
  const type = Array.isArray(known.type) ? known.type[0] : known.type;
  if (type === 'object') {
    const properties = Object.entries(known.properties ?? {});
    return Object.fromEntries(properties.map(([name, property]) => [name, smallestValue(property)]));
  }
  if (type === 'array') return Array.from({ length: known.minItems ?? 0 }, () => smallestValue(known.items));
  if (type === 'string') return '';
  if (type === 'boolean') return false;
  return type === 'null' ? null : (known.minimum ?? 0);
}
