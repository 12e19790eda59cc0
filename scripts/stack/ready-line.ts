import { z } from 'zod';

const baseSchema = z.object({ ready: z.literal(true) });

/**
 * Reads the one JSON line that the local servers print when they are ready.
 * @param onReady called with what else the line says.
 * @returns a check for log lines.
 */
export function readyLine<Shape extends z.ZodRawShape>(
  fields: Shape,
  onReady: (answer: z.infer<z.ZodObject<Shape>>) => void,
): (line: string) => boolean {
  const schema = z.object(fields);
  return (line) => {
    const json = parseJsonLine(line);
    if (!baseSchema.safeParse(json).success) return false;
    const parsed = schema.safeParse(json);
    if (parsed.success) onReady(parsed.data);
    return parsed.success;
  };
}

const eventSchema = z.object({
  level: z.number(),
  msg: z.string(),
  code: z.string().optional(),
  queue: z.string().optional(),
});
/** One line of the application's structured log. */
export type LogEvent = z.infer<typeof eventSchema>;

/** @returns the event of a log line, or null when the line is none. */
export function parseLogEvent(line: string): LogEvent | null {
  const parsed = eventSchema.safeParse(parseJsonLine(line));
  return parsed.success ? parsed.data : null;
}

function parseJsonLine(line: string): unknown {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
