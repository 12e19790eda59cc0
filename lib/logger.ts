import pino from 'pino';
import { config } from './config';
import { singleton } from './singleton';

const REDACTED_FIELDS = ['password', 'token', 'access_token', 'authorization', 'cookie', 'apikey', 'payload', 'email'];

/** @param fields what was logged with the message, not redacted: whoever keeps it has to choose. */
type LineObserver = (level: string, message: string, fields: Readonly<Record<string, unknown>>) => void;

/** The one structured logger: JSON to stdout, secrets and people removed. Use fixed event names as messages. */
export function logger(): pino.Logger {
  return singleton('logger', () =>
    pino({
      level: config().log.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
      hooks: {
        logMethod(args, method, level) {
          const [fields, message] = args;
          const isNamed = typeof message === 'string' && typeof fields === 'object' && fields !== null;
          // Copied because its type says nothing about its members.
          if (isNamed) for (const observe of observers()) observe(levelName(level), message, { ...fields });
          method.apply(this, args);
        },
      },
    }),
  );
}

/**
 * Hears of every line that is logged with fields.
 * @returns a function that ends it.
 */
export function onLogLine(observe: LineObserver): () => void {
  observers().add(observe);
  return () => observers().delete(observe);
}

function observers(): Set<LineObserver> {
  return singleton('logger:observers', () => new Set<LineObserver>());
}

function levelName(level: number): string {
  return pino.levels.labels[level] ?? String(level);
}
