import type { Finding } from '../audit/finding';

const MOST_SHOWN = 100;
const MOST_TIMELINES = 5;

/** Prints every violation, and the timelines of the first jobs concerned. */
export async function printFindings(
  findings: readonly Finding[],
  timeline: (jobId: string) => Promise<string[]>,
  print: (text: string) => void,
): Promise<void> {
  for (const { column, jobId, what } of findings.slice(0, MOST_SHOWN)) {
    print(`${column.toUpperCase()} ${jobId ?? ''}: ${what}`);
  }
  if (findings.length > MOST_SHOWN) print(`... and ${findings.length - MOST_SHOWN} more`);
  const jobIds = [...new Set(findings.flatMap(({ jobId }) => (jobId === null ? [] : [jobId])))];
  for (const jobId of jobIds.slice(0, MOST_TIMELINES)) {
    const lines = await timeline(jobId).catch((error: unknown) => [`no timeline: ${String(error)}`]);
    print(`\nTimeline of ${jobId}\n${lines.map((line) => `  ${line}`).join('\n')}`);
  }
}
