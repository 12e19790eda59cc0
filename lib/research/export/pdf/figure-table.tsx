import { Text, View } from '@react-pdf/renderer';
import { periodEndsOf } from '../../figure-series';
import type { ExportFigures } from '../export-view';
import { figureText } from '../figure-text';
import { dayText } from '../plain-text';
import { CitedText } from './cited-text';
import { styles } from './theme';

/** More than fit side by side are left to the other formats. */
const COLUMNS = 3;
const NUMBER = { textAlign: 'right', width: 88 } as const;
const CHANGE = { textAlign: 'right', width: 120 } as const;

/** Every figure of the filed accounts with its change over the last year. */
export function FigureTable({ figures }: { figures: readonly ExportFigures[] }) {
  if (figures.length === 0) return null;
  const ends = periodEndsOf(figures).slice(0, COLUMNS);
  const hasChange = figures.some(({ change }) => change.text !== '');
  return (
    <View style={{ marginTop: 6 }} wrap={false}>
      <View style={[styles.row, { borderTopWidth: 0 }]}>
        <Text style={[styles.small, styles.strong, styles.grow]}>Figures of the filed accounts</Text>
        {ends.map((end) => (
          <Text key={end} style={[styles.small, styles.muted, NUMBER]}>
            {dayText(end)}
          </Text>
        ))}
        {hasChange && <Text style={[styles.small, styles.muted, CHANGE]}>Change</Text>}
      </View>
      {figures.map((series) => (
        <View key={series.id} style={[styles.row, { paddingVertical: 2 }]}>
          <Text style={[styles.small, styles.grow]}>{series.title}</Text>
          {ends.map((end) => {
            const point = series.points.find(({ periodEnd }) => periodEnd === end);
            const text = point === undefined ? '' : figureText(point.value, series);
            return (
              <CitedText
                key={end}
                line={{ text, sources: point?.sources ?? [] }}
                style={{ ...styles.small, ...NUMBER }}
              />
            );
          })}
          {hasChange && <CitedText line={series.change} style={{ ...styles.small, ...styles.muted, ...CHANGE }} />}
        </View>
      ))}
    </View>
  );
}
