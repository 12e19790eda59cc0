import { Text, View } from '@react-pdf/renderer';
import type { ExportCheck, ExportSignal } from '../export-view';
import { dayText, percentText } from '../plain-text';
import type { ExportScore } from '../score';
import { CitedText } from './cited-text';
import { COLOURS, styles } from './theme';

export function SignalTable({ signals }: { signals: readonly ExportSignal[] }) {
  return (
    <View style={{ marginTop: 4 }}>
      {signals.map((signal) => (
        <View key={`${signal.eventDate} ${signal.text}`} style={styles.row} wrap={false}>
          <Text style={[styles.small, { width: 92 }]}>{dayText(signal.eventDate)}</Text>
          <CitedText line={signal} style={[styles.small, styles.grow]} />
          <Text style={[styles.small, styles.muted, { width: 78 }]}>confidence {percentText(signal.confidence)}</Text>
          <Text style={[styles.small, styles.muted, { width: 112 }]}>fades after {dayText(signal.expiresOn)}</Text>
        </View>
      ))}
    </View>
  );
}

/** What was looked for, with what came of it. */
export function CheckTable({ checks }: { checks: readonly ExportCheck[] }) {
  const [first, ...rest] = checks;
  if (first === undefined) return null;
  return (
    <View style={{ marginTop: 6 }}>
      <View wrap={false}>
        <Text style={[styles.strong, styles.above]}>Signals checked</Text>
        <CheckRow check={first} />
      </View>
      {rest.map((check) => (
        <CheckRow key={check.title} check={check} />
      ))}
    </View>
  );
}

function CheckRow({ check }: { check: ExportCheck }) {
  return (
    <View style={styles.row} wrap={false}>
      <Text style={[styles.small, { width: 130 }]}>{check.title}</Text>
      <Text style={[styles.small, check.outcome === 'found' ? styles.strong : styles.muted, { width: 92 }]}>
        {check.result}
      </Text>
      <CitedText line={check} style={[styles.small, styles.muted, styles.grow]} />
    </View>
  );
}

/** The parts of the lead score with the rules that made each. */
export function ScoreTable({ score }: { score: ExportScore }) {
  const [first, ...rest] = score.components;
  return (
    <View style={{ marginTop: 4 }}>
      <View wrap={false}>
        <Text style={[styles.strong, styles.above]}>Lead score: {score.verdict}</Text>
        {score.limits.map((limit) => (
          <CitedText key={limit.text} line={limit} />
        ))}
        {first && <ScorePart part={first} />}
      </View>
      {rest.map((part) => (
        <ScorePart key={part.name} part={part} />
      ))}
    </View>
  );
}

function ScorePart({ part }: { part: ExportScore['components'][number] }) {
  return (
    <View style={styles.row} wrap={false}>
      <View style={{ width: 118 }}>
        <Text style={[styles.small, styles.strong]}>{part.name}</Text>
        <Text style={[styles.small, styles.muted]}>
          weight {part.weight}, {part.score === null ? 'not scored' : `${part.score} of 100`}
        </Text>
        {part.score !== null && (
          <View style={{ height: 3, backgroundColor: COLOURS.line, marginTop: 2 }}>
            <View style={{ height: 3, width: `${part.score}%`, backgroundColor: COLOURS.accent }} />
          </View>
        )}
      </View>
      <View style={styles.grow}>
        {part.rules.length === 0 && <Text style={[styles.small, styles.muted]}>Nothing to judge by.</Text>}
        {part.rules.map((rule) => (
          <CitedText key={rule.text} line={rule} style={styles.small} />
        ))}
      </View>
    </View>
  );
}
