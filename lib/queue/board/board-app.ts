import { createBullBoard } from '@bull-board/api';
import { BullAdapter } from '@bull-board/api/bullAdapter';
import { ExpressAdapter } from '@bull-board/express';
import express, { type Express } from 'express';
import { z } from 'zod';
import { singleton } from '@/lib/singleton';
import { openBullQueue } from '../queue-manager';
import { QUEUES } from '../queues';
import { openRedis } from '../redis-client';
import { redact } from './redact';

export const BOARD_PATH = '/api/admin/bull-board';

/**
 * Bull Board as an Express application, with connections of its own: cleaning a long queue takes longer than a request's
 * connection allows. Everything it shows passes the redaction; who may see it is checked by the route.
 */
export function boardApp(): Express {
  return singleton('queue:board', createBoardApp);
}

function createBoardApp(): Express {
  const client = openRedis('patient', 'board');
  const subscriber = openRedis('blocking', 'board:subscriber');
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(BOARD_PATH);
  createBullBoard({
    serverAdapter,
    queues: QUEUES.map(({ name, label }) => {
      const queue = openBullQueue(name, (type) => (type === 'client' ? client : subscriber));
      const adapter = new BullAdapter(queue, { allowRetries: true, displayName: label, description: name });
      adapter.setFormatter('data', redact);
      adapter.setFormatter('returnValue', redact);
      adapter.setFormatter('name', ({ data }) => companyNameIn(data));
      return adapter;
    }),
    options: {
      uiConfig: { boardTitle: 'oppSpot jobs', hideDocsLink: true, pollingInterval: { forceInterval: 5 } },
      // Formatters do not reach options, failure reasons, stack traces and logs.
      handlerHooks: {
        after: (_context, response) => ({
          ...response,
          ...('body' in response ? { body: redactBody(response.body) } : {}),
        }),
      },
    },
  });
  const app = express();
  app.disable('x-powered-by');
  app.use(BOARD_PATH, serverAdapter.getRouter());
  return app;
}

const aboutCompany = z.object({ company_name: z.string() }).or(z.object({ business_name: z.string() }));

/** What a person recognises a job by; Bull's own name is the same for all of them. */
function companyNameIn(data: unknown): string {
  const about = aboutCompany.safeParse(data).data;
  if (!about) return 'Job';
  return 'company_name' in about ? about.company_name : about.business_name;
}

/** Bodies of the dashboard's own API are JSON: redacting them as a whole covers every field of a job. */
function redactBody<T>(body: T): T {
  // Redaction keeps the form and only replaces texts.
  return redact(JSON.parse(JSON.stringify(body ?? null))) as T;
}
