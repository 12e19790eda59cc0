import pino from 'pino';
import { config } from './config';
import { singleton } from './singleton';

const REDACTED_FIELDS = ['password', 'token', 'access_token', 'authorization', 'cookie', 'apikey', 'payload', 'email'];

/** The one structured logger: JSON to stdout, secrets and people removed. Use fixed event names as messages. */
export function logger(): pino.Logger {
  return singleton('logger', () =>
    pino({
      level: config().log.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
    }),
  );
}
