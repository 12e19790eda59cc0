import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { importCompanies, type RowProblem } from '@/lib/companies/import/import-companies';
import { saveImportBatch } from '@/lib/companies/import/save-import-batch';
import { AppError } from '@/lib/errors';
import { route } from '@/lib/http/route';

const BATCH_SIZE = 500;
const CONCURRENCY = 2;
const REJECTED_SHOWN = 1_000;

/**
 * Adds or renews companies from a CSV in the form of the register's bulk file, sent as the body. For admins: the
 * companies are everybody's. Answers with the counts and the rejected rows (the first thousand of them).
 */
export const POST = route({ access: 'admin' }, async ({ request }) => {
  const type = request.headers.get('content-type') ?? '';
  if (!request.body || !/^text\/csv\b/i.test(type)) {
    throw new AppError('invalid_request', {
      detail: 'Send the CSV file as the body, with Content-Type: text/csv. Nothing was changed.',
      extras: { errors: [{ in: 'header', field: 'Content-Type', problem: 'must be text/csv' }] },
    });
  }
  const rejected: RowProblem[] = [];
  // The two declarations of web streams, the browser's and Node's, describe the same object.
  const input = Readable.fromWeb(request.body as ReadableStream<Uint8Array>);
  const counts = await importCompanies(input, {
    save: (rows) => saveImportBatch(rows, request.signal),
    batchSize: BATCH_SIZE,
    concurrency: CONCURRENCY,
    asOf: null,
    onRejected: (problem) => {
      if (rejected.length < REJECTED_SHOWN) rejected.push(problem);
    },
    signal: request.signal,
  });
  const rows = rejected.map(({ line, companyNumber, reason }) => ({ line, company_number: companyNumber, reason }));
  return Response.json({ ...counts, rejected_rows: rows });
});
