import type { AwardStore, Span, Supplier } from '@/lib/sources/procurement/award-store';
import type { AwardRow } from '@/lib/sources/procurement/schema';

const HOUR_MS = 3_600_000;
const EPOCH_MS = Date.parse('2020-01-01T00:00:00Z');

type ReadSpan = Span & { readAt: string | null; damaged: number; claimed: boolean };

/** What the tables of awards do, in memory: for contexts without a database. */
export function memoryAwards(): AwardStore {
  const spans = new Map<string, ReadSpan>();
  const rows = new Map<string, AwardRow>();
  return {
    async claim(feed, now, { hours, days, limit }) {
      const length = hours * HOUR_MS;
      const oldest = now.getTime() - days * 24 * HOUR_MS;
      const wanted: ReadSpan[] = [];
      let at = now.getTime() - ((now.getTime() - EPOCH_MS) % length);
      for (; at + length > oldest && wanted.length < limit; at -= length) {
        const starts_at = new Date(at).toISOString();
        const span = spans.get(`${feed}|${starts_at}`) ?? {
          starts_at,
          ends_at: new Date(at + length).toISOString(),
          readAt: null,
          damaged: 0,
          claimed: false,
        };
        if (span.claimed || !isDue(span, now)) continue;
        spans.set(`${feed}|${starts_at}`, { ...span, claimed: true });
        wanted.push(span);
      }
      return wanted.map(({ starts_at, ends_at }) => ({ starts_at, ends_at }));
    },
    async save(feed, span, now, damaged, saved) {
      spans.set(`${feed}|${span.starts_at}`, { ...span, readAt: now.toISOString(), damaged, claimed: false });
      for (const row of saved) rows.set([feed, row.ocid, row.award_id, row.supplier_key].join('|'), row);
    },
    async awardsOf(feed, supplier) {
      const read = newestRun(feed, [...spans.entries()]);
      const found = [...rows.entries()].filter(([key, row]) => key.startsWith(`${feed}|`) && isOf(row, supplier));
      return {
        looked_from: read.at(-1)?.starts_at ?? null,
        looked_to: earlier(read[0]?.ends_at, read[0]?.readAt),
        read_at: read[0]?.readAt ?? null,
        damaged: read.length === 0 ? null : read.reduce((sum, { damaged }) => sum + damaged, 0),
        awards: found
          .map(([, row]) => row)
          .sort((a, b) => b.published_at.localeCompare(a.published_at) || a.ocid.localeCompare(b.ocid))
          .map((row) => ({
            ...row.document,
            matched_by: row.supplier_number === supplier.number ? 'company_number' : 'name_and_postcode',
          })),
      };
    },
  };
}

function isDue({ readAt, ends_at }: ReadSpan, now: Date): boolean {
  if (readAt === null) return true;
  const at = Date.parse(readAt);
  return at < Date.parse(ends_at) + HOUR_MS && at < now.getTime() - 6 * HOUR_MS;
}

/** The spans that were read, newest first, up to the first that was not. */
function newestRun(feed: string, entries: [string, ReadSpan][]): ReadSpan[] {
  const read = entries
    .filter(([key, { readAt }]) => key.startsWith(`${feed}|`) && readAt !== null)
    .map(([, span]) => span)
    .sort((a, b) => b.starts_at.localeCompare(a.starts_at));
  const broken = read.findIndex((span, index) => index > 0 && span.ends_at !== read[index - 1]?.starts_at);
  return broken === -1 ? read : read.slice(0, broken);
}

function earlier(a: string | undefined, b: string | null | undefined): string | null {
  return a && b ? (a < b ? a : b) : null;
}

function isOf(row: AwardRow, { number, nameKey, postcode }: Supplier): boolean {
  if (row.supplier_number !== null) return row.supplier_number === number;
  return nameKey !== null && postcode !== null && row.name_key === nameKey && row.postcode === postcode;
}
