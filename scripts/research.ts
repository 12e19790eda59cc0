import { parseArgs } from 'node:util';
import { z } from 'zod';
import { config } from '@/lib/config';
import { toAppError } from '@/lib/errors';
import { reportDocumentSchema } from '@/lib/research/schema';
import { createApi, signIn } from './research-command/api-client';
import { chooseCompany } from './research-command/choose-company';
import { CommandError, EXIT } from './research-command/command-error';
import { followResearch } from './research-command/follow-research';
import { reportText } from './research-command/print-report';

const HELP = `Researches a company and prints the report.

  npm run research -- "<company name or number>" [options]

  --force     new research although a fresh report exists
  --json      print the report as JSON (the document of the API)
  --help      this text

Runs as the demo user of the running oppSpot, or as the user whose access token stands in OPPSPOT_TOKEN.
Progress goes to the error stream. Ctrl-C cancels the research.
Exit code: 0 report printed, 1 failed, 2 the company is not clear or unknown, 130 cancelled.`;

const reportSchema = z.looseObject({ document: reportDocumentSchema });

async function main(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(args);
  if (values.help) return console.log(HELP);
  const [text, ...more] = positionals;
  if (text === undefined || text.trim() === '' || more.length > 0) {
    throw new CommandError(`Give one company name (in quotes) or number.\n\n${HELP}`, EXIT.unclear);
  }
  const api = createApi(config().web.appUrl, await accessToken());
  const company = await chooseCompany(api, text);
  console.error(`Researching ${company.name} (${company.id}). ${company.reasons.join('. ')}`);
  const stop = stopOnInterrupt();
  const { reportId, cached } = await followResearch(api, company.id, values.force, stop);
  if (cached) console.error('This report is from earlier and still fresh; --force researches again.');
  const report = await api.request('GET', `/api/reports/${reportId}`, reportSchema);
  if (report === null) throw new CommandError('The report cannot be read any more.');
  console.log(values.json ? JSON.stringify(report.document, null, 2) : reportText(report.document));
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        force: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${message}\n\n${HELP}`, EXIT.unclear, { cause: error });
  }
}

async function accessToken(): Promise<string> {
  const given = process.env.OPPSPOT_TOKEN;
  if (given) return given;
  const { embedded, supabase } = config();
  if (!embedded.demoEmail || !embedded.demoPassword) {
    throw new CommandError('There is no demo user here. Put the access token of your user into OPPSPOT_TOKEN.');
  }
  return signIn(supabase, { email: embedded.demoEmail, password: embedded.demoPassword });
}

/** The first Ctrl-C cancels the job politely, the second ends the command at once. */
function stopOnInterrupt(): AbortSignal {
  const stop = new AbortController();
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(EXIT.stopped);
    console.error('\nCancelling...');
    stop.abort();
  });
  process.on('SIGTERM', () => stop.abort());
  return stop.signal;
}

function fail(thrown: unknown): never {
  if (thrown instanceof CommandError) {
    console.error(thrown.message);
    process.exit(thrown.exitCode);
  }
  const { code, detail } = toAppError(thrown);
  console.error(
    code === 'misconfigured' ? 'oppSpot does not run here. Start it with "npm start" and try again.' : detail,
  );
  process.exit(EXIT.failed);
}

await main(process.argv.slice(2)).catch(fail);
