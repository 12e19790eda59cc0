import { startOurEngine } from './engines/our-engine';
import { startPlainEngine } from './engines/plain-engine';
import { parseOptions, type RawOptions } from './options';
import { addUnknownCompanies, createUsers } from './prepare';
import { printFindings } from './report/print-findings';
import { toMarkdown } from './report/table';
import { writeReport } from './report/write-report';
import { runChaos } from './run-chaos';

/**
 * `npm run chaos`: starts a system of its own, disturbs it under load, and says whether it kept its promises.
 * @param print prints one line.
 * @returns the exit code: 1 when a promise was broken.
 */
export async function chaos(raw: RawOptions, print: (line: string) => void): Promise<number> {
  const options = parseOptions(raw);
  print(`seed ${options.seed}: ${options.jobs} jobs in ${options.seconds} s, engine ${options.engine}`);
  const engine = await (options.engine === 'ours' ? startOurEngine() : startPlainEngine());
  let failed = true;
  try {
    await addUnknownCompanies(engine.environment.DATABASE_URL ?? '');
    const people = await createUsers();
    await engine.watchUsers(people.users.map(({ id }) => id));
    const result = await runChaos(engine, options, people, print);
    await printFindings(result.findings, engine.timeline, print);
    print(`\n${toMarkdown(result)}`);
    if (options.engine === 'plain') print('\nThis is plain Bull, for comparison: it is not what oppSpot runs on.');
    if (options.report !== null) writeReport(options.report, result);
    failed = result.findings.length > 0;
    return failed ? 1 : 0;
  } finally {
    await engine.stop({ keep: failed });
    if (failed) print(`\nThe logs of the run are kept in ${engine.folder}`);
  }
}
