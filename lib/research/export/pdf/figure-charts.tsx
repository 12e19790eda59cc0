import { Text, View } from '@react-pdf/renderer';
import type { ExportFigures } from '../export-view';
import { figureText } from '../figure-text';
import { dayText } from '../plain-text';
import { CitedText } from './cited-text';
import { COLOURS, styles } from './theme';

/** Points. */
const HEIGHT = 46;
const BAR = 26;

/** Figures over years as bars, three charts a row, each bar with its value and sources. */
export function FigureCharts({ figures }: { figures: readonly ExportFigures[] }) {
  const drawn = figures.filter((series) => series.drawn);
  if (drawn.length === 0) return null;
  return (
    <View style={{ flexDirection: 'row', flexWrap: 'wrap', marginTop: 10, rowGap: 10 }}>
      {drawn.map((series) => (
        <Chart key={series.id} series={series} />
      ))}
    </View>
  );
}

function Chart({ series }: { series: ExportFigures }) {
  const values = series.points.map(({ value }) => value);
  const top = Math.max(0, ...values);
  const bottom = Math.min(0, ...values);
  const scale = HEIGHT / (top - bottom || 1);
  return (
    <View wrap={false} style={{ width: '33.3%', paddingRight: 14 }}>
      <Text style={[styles.small, styles.strong, { marginBottom: 3 }]}>{series.title}</Text>
      <View style={{ flexDirection: 'row', columnGap: 6 }}>
        {series.points.map(({ periodEnd, value, sources }) => (
          <View key={periodEnd} style={{ flex: 1, maxWidth: 64 }}>
            <View style={{ height: top * scale + 11, justifyContent: 'flex-end' }}>
              <CitedText line={{ text: figureText(value, series), sources }} style={{ fontSize: 7.5 }} />
              <View style={{ height: Math.max(value, 0) * scale, width: BAR, backgroundColor: COLOURS.accent }} />
            </View>
            <View style={{ height: -bottom * scale, borderTopWidth: 0.7, borderTopColor: COLOURS.muted }}>
              <View style={{ height: Math.max(-value, 0) * scale, width: BAR, backgroundColor: COLOURS.negative }} />
            </View>
            <Text style={{ fontSize: 7, color: COLOURS.muted, marginTop: 2 }}>{dayText(periodEnd)}</Text>
          </View>
        ))}
      </View>
    </View>
  );
}
