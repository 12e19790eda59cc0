import { Text, View } from '@react-pdf/renderer';
import type { ExportView } from '../export-view';
import { CitedText } from './cited-text';
import { styles } from './theme';

/** What the report is about, and what a reader knows after a minute. */
export function TitleBlock({ view }: { view: ExportView }) {
  return (
    <View>
      <Text style={styles.kind}>Company report</Text>
      <Text style={styles.title}>{view.name}</Text>
      {view.notes.map((note) => (
        <Text key={note} style={styles.note}>
          {note}
        </Text>
      ))}
      <View style={styles.facts}>
        {view.facts.map(({ name, value }) => (
          <View key={name} style={styles.fact}>
            <Text style={styles.factName}>{name}</Text>
            <Text style={styles.factValue}>{value}</Text>
          </View>
        ))}
      </View>
      <View style={styles.summary}>
        <Text style={styles.heading}>In one minute</Text>
        {view.summary.map(({ title, lines }) => (
          <View key={title} style={styles.answer}>
            <Text style={styles.question}>{title}</Text>
            <View style={styles.grow}>
              {lines.length === 0 && <Text style={styles.muted}>Nothing in the sources answers this.</Text>}
              {lines.map((line) => (
                <CitedText key={line.text} line={line} />
              ))}
            </View>
          </View>
        ))}
      </View>
    </View>
  );
}
