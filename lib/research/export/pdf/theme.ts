import { join } from 'node:path';
import { Font, StyleSheet, type TextProps } from '@react-pdf/renderer';

export type TextStyle = NonNullable<TextProps['style']>;

export const FAMILY = 'Source Sans 3';
const FOLDER = join(process.cwd(), 'node_modules/@expo-google-fonts/source-sans-3');

/** Complete TrueType files from a package: pounds and all European letters print, and nothing is fetched. */
Font.register({
  family: FAMILY,
  fonts: [
    { src: join(FOLDER, '400Regular/SourceSans3_400Regular.ttf'), fontWeight: 400 },
    { src: join(FOLDER, '600SemiBold/SourceSans3_600SemiBold.ttf'), fontWeight: 600 },
  ],
});
/** No word of a language is as long; what is, would run out of the page. */
const LONGEST_WORD = 60;
Font.registerHyphenationCallback((word) =>
  word.length > LONGEST_WORD ? (word.match(/.{1,40}/gsu) ?? [word]) : [word],
);

export const COLOURS = {
  ink: '#1b1f24',
  muted: '#5b6470',
  line: '#d8dde3',
  soft: '#f4f6f8',
  accent: '#1f4fa3',
  warning: '#8a4b00',
  warningSoft: '#fff4e0',
  negative: '#b3372f',
} as const;

/** Sizes in points: A4 is 595 by 842. */
export const styles = StyleSheet.create({
  page: {
    fontFamily: FAMILY,
    fontSize: 9.5,
    lineHeight: 1.4,
    color: COLOURS.ink,
    paddingTop: 58,
    paddingBottom: 58,
    paddingHorizontal: 54,
  },
  header: { position: 'absolute', top: 26, left: 54, right: 54, flexDirection: 'row', justifyContent: 'space-between' },
  footer: {
    position: 'absolute',
    top: 804,
    left: 54,
    right: 54,
    flexDirection: 'row',
    justifyContent: 'space-between',
  },
  running: { fontSize: 8, color: COLOURS.muted },
  demo: { fontSize: 8, fontWeight: 600, color: COLOURS.warning },
  kind: { fontSize: 9, color: COLOURS.accent, fontWeight: 600, marginBottom: 2 },
  title: { fontSize: 21, fontWeight: 600, lineHeight: 1.15, marginBottom: 8 },
  note: {
    fontSize: 9.5,
    fontWeight: 600,
    color: COLOURS.warning,
    backgroundColor: COLOURS.warningSoft,
    paddingVertical: 4,
    paddingHorizontal: 8,
    marginBottom: 6,
    borderRadius: 2,
  },
  facts: { flexDirection: 'row', flexWrap: 'wrap', marginBottom: 12, rowGap: 2 },
  fact: { width: '50%', flexDirection: 'row', paddingRight: 8 },
  factName: { width: 86, color: COLOURS.muted, fontSize: 8.5 },
  factValue: { flex: 1, fontSize: 8.5 },
  summary: {
    backgroundColor: COLOURS.soft,
    borderRadius: 3,
    paddingHorizontal: 12,
    paddingVertical: 10,
    marginBottom: 6,
  },
  answer: { flexDirection: 'row', marginTop: 5 },
  question: { width: 86, fontWeight: 600, paddingRight: 8 },
  grow: { flex: 1 },
  section: { marginTop: 14 },
  heading: { fontSize: 13, fontWeight: 600, lineHeight: 1.2 },
  standing: { fontSize: 8, color: COLOURS.muted, marginBottom: 4 },
  above: { marginBottom: 4 },
  line: { marginBottom: 3.5 },
  muted: { color: COLOURS.muted },
  mark: { color: COLOURS.accent, textDecoration: 'none' },
  raised: { fontSize: 6.5, verticalAlign: 'super' },
  small: { fontSize: 8.5 },
  strong: { fontWeight: 600 },
  link: { color: COLOURS.accent, textDecoration: 'none', fontSize: 8 },
  row: { flexDirection: 'row', borderTopWidth: 0.5, borderTopColor: COLOURS.line, paddingVertical: 3, columnGap: 8 },
});

/** Puts a part into the reader's outline. The library draws it for every part and declares it for pages only (4.9.0). */
export function bookmark(title: string): object {
  return { bookmark: title };
}
