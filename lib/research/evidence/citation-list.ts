import type { SourceOrigin } from '@/lib/sources/source';
import type { Evidence, ReportSource } from '../schema';
import type { Citation } from './citations';

/** Gives out evidence and source numbers in the order in which places are first cited. */
export function createCitationList(earlier: readonly { evidence: Evidence[]; sources: ReportSource[] }[]) {
  const evidence = earlier.flatMap((fragment) => fragment.evidence);
  const sources = earlier.flatMap((fragment) => fragment.sources);

  function sourceIndex(origin: SourceOrigin): number {
    const known = sources.find((source) => source.url === origin.url && source.title === origin.title);
    if (known !== undefined) return known.index;
    const source: ReportSource = {
      index: sources.length + 1,
      title: origin.title,
      url: origin.url,
      source_type: origin.sourceType,
      retrieved_at: origin.retrievedAt,
      published_at: origin.publishedAt,
      reliability: origin.reliability,
    };
    sources.push(source);
    return source.index;
  }

  /** The same place in the same answer is one piece of evidence, however often it is cited. */
  function cite({ origin, locator, snippet, publishedAt }: Citation): string {
    const known = evidence.find(
      (entry) =>
        entry.source === origin.source &&
        entry.sha256 === origin.sha256 &&
        entry.locator === locator &&
        entry.snippet === snippet,
    );
    if (known !== undefined) return known.id;
    const entry: Evidence = {
      id: `E${evidence.length + 1}`,
      source: origin.source,
      source_index: sourceIndex(origin),
      url: origin.url,
      retrieved_at: origin.retrievedAt,
      published_at: publishedAt ?? origin.publishedAt,
      sha256: origin.sha256,
      locator,
      snippet,
    };
    evidence.push(entry);
    return entry.id;
  }

  return { evidence, sources, cite };
}
