import { Link, Text } from '@react-pdf/renderer';
import type { CitedLine } from '../appendix';
import { styles, type TextStyle } from './theme';

/** Where the mark of a source leads in the document. */
export const sourceAnchor = (number: number) => `source-${number}`;

/** A text with the small numbers of its sources, each a link to its place in the list. */
export function CitedText({ line, style }: { line: CitedLine; style?: TextStyle }) {
  return (
    <Text style={style ?? styles.line}>
      {line.text}
      {line.sources.map((number, position) => (
        <Link key={number} src={`#${sourceAnchor(number)}`} style={styles.mark}>
          <Text style={styles.raised}>{position === 0 ? `\u00a0${number}` : `,${number}`}</Text>
        </Link>
      ))}
    </Text>
  );
}
