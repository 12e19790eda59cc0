import { Document, Page, renderToBuffer, Text, View } from '@react-pdf/renderer';
import type { ExportSection, ExportView } from '../export-view';
import { DEMO_NOTE } from '../facts';
import { dayText } from '../plain-text';
import { Gaps, Sources } from './appendices';
import { CitedText } from './cited-text';
import { FigureCharts } from './figure-charts';
import { FigureTable } from './figure-table';
import { mapTexts, printerOfTexts } from './printable';
import { CheckTable, ScoreTable, SignalTable } from './tables';
import { bookmark, styles } from './theme';
import { TitleBlock } from './title-block';

/** The report typeset on A4 pages. The same view gives the same bytes: it is dated by the report, not by the clock. */
export async function renderPdf(view: ExportView): Promise<Uint8Array<ArrayBuffer>> {
  const printable = mapTexts(view, await printerOfTexts());
  return Uint8Array.from(await renderToBuffer(<ReportPages view={printable} />));
}

function ReportPages({ view }: { view: ExportView }) {
  const written = new Date(view.generatedAt);
  return (
    <Document
      title={`Report on ${view.name}`}
      author="oppSpot"
      subject={view.isDemo ? DEMO_NOTE : `Company number ${view.number}`}
      language="en-GB"
      creationDate={written}
      modificationDate={written}
    >
      <Page size="A4" style={styles.page}>
        <RunningHead view={view} />
        <RunningFoot view={view} />
        <TitleBlock view={view} />
        {view.sections.map((section) => (
          <SectionBlock key={section.id} section={section} view={view} />
        ))}
        <Gaps gaps={view.gaps} />
        <Sources sources={view.sources} />
      </Page>
    </Document>
  );
}

function SectionBlock({ section, view }: { section: ExportSection; view: ExportView }) {
  const title = `${section.number}. ${section.title}`;
  const [first, ...rest] = section.lines;
  return (
    <View style={styles.section}>
      <View {...bookmark(title)} wrap={false}>
        <Text style={styles.heading}>{title}</Text>
        <Text style={styles.standing}>{section.standing}</Text>
        {first && <CitedText line={first} />}
      </View>
      {rest.map((line) => (
        <CitedText key={line.text} line={line} />
      ))}
      {section.id === 'financials' && <FigureTable figures={view.figures} />}
      {section.id === 'financials' && <FigureCharts figures={view.figures} />}
      {section.id === 'signals' && <SignalTable signals={view.signals} />}
      {section.id === 'signals' && <CheckTable checks={view.checks} />}
      {section.id === 'approach' && view.score && <ScoreTable score={view.score} />}
    </View>
  );
}

function RunningHead({ view }: { view: ExportView }) {
  return (
    <View style={styles.header} fixed>
      <Text
        style={styles.running}
        render={({ pageNumber }) => (pageNumber > 1 ? `${view.name} (${view.number})` : '')}
      />
      {view.isDemo && <Text style={styles.demo}>{DEMO_NOTE}</Text>}
    </View>
  );
}

function RunningFoot({ view }: { view: ExportView }) {
  return (
    <View style={styles.footer} fixed>
      <Text style={styles.running}>
        oppSpot, written {dayText(view.generatedAt)}. Numbers lead to the sources at the end.
      </Text>
      <Text style={styles.running} render={({ pageNumber, totalPages }) => `Page ${pageNumber} of ${totalPages}`} />
    </View>
  );
}
