import { Link, Text, View } from '@react-pdf/renderer';
import type { ExportGap, ExportSource } from '../appendix';
import { sourceAnchor } from './cited-text';
import { bookmark, styles } from './theme';

export function Gaps({ gaps }: { gaps: readonly ExportGap[] }) {
  return (
    <View style={styles.section}>
      <View {...bookmark('What we could not find')} minPresenceAhead={50}>
        <Text style={styles.heading}>What we could not find</Text>
      </View>
      {gaps.length === 0 && <Text style={styles.muted}>Nothing is missing.</Text>}
      {gaps.map(({ section, fields, reason, detail }) => (
        <View key={`${section} ${fields}`} style={[styles.row, { marginTop: 2 }]} wrap={false}>
          <View style={{ width: 150 }}>
            <Text style={[styles.small, styles.strong]}>{reason}</Text>
            <Text style={[styles.small, styles.muted]}>{section}</Text>
          </View>
          <View style={styles.grow}>
            <Text style={styles.small}>{fields}</Text>
            <Text style={[styles.small, styles.muted]}>{detail}</Text>
          </View>
        </View>
      ))}
    </View>
  );
}

/** The numbered list that the marks in the text lead to. */
export function Sources({ sources }: { sources: readonly ExportSource[] }) {
  return (
    <View style={styles.section}>
      <View {...bookmark('Sources')} minPresenceAhead={50}>
        <Text style={styles.heading}>Sources</Text>
      </View>
      {sources.length === 0 && <Text style={styles.muted}>No source could be read.</Text>}
      {sources.map((source) => (
        <View key={source.number} id={sourceAnchor(source.number)} style={[styles.row, { marginTop: 2 }]} wrap={false}>
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
      ))}
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
