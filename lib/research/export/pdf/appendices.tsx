import { Link, Text, View } from '@react-pdf/renderer';
import type { ExportGap, ExportSource } from '../appendix';
import { sourceAnchor } from './cited-text';
import { bookmark, styles } from './theme';

export function Gaps({ gaps }: { gaps: readonly ExportGap[] }) {
  const [first, ...rest] = gaps;
  return (
    <View style={styles.section}>
      <View {...bookmark('What we could not find')} wrap={false}>
        <Text style={[styles.heading, styles.above]}>What we could not find</Text>
        {first ? <GapRow gap={first} /> : <Text style={styles.muted}>Nothing is missing.</Text>}
      </View>
      {rest.map((gap) => (
        <GapRow key={`${gap.section} ${gap.fields}`} gap={gap} />
      ))}
    </View>
  );
}

function GapRow({ gap: { section, fields, reason, detail } }: { gap: ExportGap }) {
  return (
    <View style={styles.row} wrap={false}>
      <View style={{ width: 150 }}>
        <Text style={[styles.small, styles.strong]}>{reason}</Text>
        <Text style={[styles.small, styles.muted]}>{section}</Text>
      </View>
      <View style={styles.grow}>
        <Text style={styles.small}>{fields}</Text>
        <Text style={[styles.small, styles.muted]}>{detail}</Text>
      </View>
    </View>
  );
}

/** The numbered list that the marks in the text lead to. */
export function Sources({ sources }: { sources: readonly ExportSource[] }) {
  const [first, ...rest] = sources;
  return (
    <View style={styles.section}>
      <View {...bookmark('Sources')} wrap={false}>
        <Text style={[styles.heading, styles.above]}>Sources</Text>
        {first ? <SourceRow source={first} /> : <Text style={styles.muted}>No source could be read.</Text>}
      </View>
      {rest.map((source) => (
        <SourceRow key={source.number} source={source} />
      ))}
    </View>
  );
}

function SourceRow({ source }: { source: ExportSource }) {
  return (
    <View id={sourceAnchor(source.number)} style={styles.row} wrap={false}>
      <Text style={[styles.small, styles.strong, { width: 18 }]}>{source.number}</Text>
      <View style={styles.grow}>
        <Text style={[styles.small, styles.strong]}>{source.title}</Text>
        {source.link === null ? (
          <Text style={styles.small}>{breakable(source.address)}</Text>
        ) : (
          <Link src={source.link} style={styles.link}>
            {breakable(source.address)}
          </Link>
        )}
        <Text style={[styles.small, styles.muted]}>{source.dates}</Text>
      </View>
    </View>
  );
}

/** As much of an address as fits into a line, in characters. */
const ADDRESS_LINE = 106;

/** Addresses have no spaces to break at: after a sign where there is one, else anywhere. */
function breakable(address: string): string {
  const lines: string[] = [];
  let rest = address;
  while (rest.length > ADDRESS_LINE) {
    const sign = Math.max(...['/', '?', '&', '=', '-', '_'].map((mark) => rest.lastIndexOf(mark, ADDRESS_LINE - 1)));
    const end = sign > ADDRESS_LINE / 2 ? sign + 1 : ADDRESS_LINE;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...lines, rest].join('\n');
}
