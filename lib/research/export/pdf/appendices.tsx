import { Link, Text, View } from '@react-pdf/renderer';
import type { ExportGap, ExportSource } from '../appendix';
import { sourceAnchor } from './cited-text';
import { styles } from './theme';

export function Gaps({ gaps }: { gaps: readonly ExportGap[] }) {
  return (
    <View style={styles.section}>
      <Text style={styles.heading} minPresenceAhead={50} bookmark="What we could not find">
        What we could not find
      </Text>
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
      <Text style={styles.heading} minPresenceAhead={50} bookmark="Sources">
        Sources
      </Text>
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

/** An address may go on in the next line after these signs. */
function breakable(address: string): string {
  return address.replace(/([/?&=._-])(?=[^/])/g, '$1\u200b');
}
