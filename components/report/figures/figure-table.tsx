import { Citation } from '@/components/evidence/citation';
import { formatDate } from '@/components/format/format-value';
import type { FigureChange, FigureSeries } from '@/lib/research/figure-series';
import { citeStatements, type ReportIndex } from '../report-index';
import { changeText, figureText, percentText } from './figure-text';

const CELL = 'px-1 py-1.5 first:pl-2 last:pr-2 sm:px-4! align-baseline';
const NUMBER = `${CELL} whitespace-nowrap text-right`;

/** Every figure of the filed accounts, the latest year first, with its change and the sources of the row. */
export function FigureTable({ figures, index }: { figures: readonly FigureSeries[]; index: ReportIndex }) {
  const ends = [...new Set(figures.flatMap(({ points }) => points.map(({ periodEnd }) => periodEnd)))].sort().reverse();
  const hasChange = figures.some(({ change }) => change !== null);
  return (
    <div className="relative overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full text-xs sm:text-[0.8125rem]">
        <caption className="border-b px-2 py-2.5 text-left font-medium text-[0.8125rem] sm:px-4">
          Figures of the filed accounts
        </caption>
        <thead className="text-muted-foreground">
          <tr>
            <th scope="col" className={`${CELL} text-left font-normal`}>
              Figure
            </th>
            {ends.map((end) => (
              <th key={end} scope="col" className={`${NUMBER} max-sm:whitespace-normal font-normal`}>
                {formatDate(end)}
              </th>
            ))}
            {hasChange && (
              <th scope="col" className={`${NUMBER} font-normal`}>
                Change
              </th>
            )}
            <th scope="col" className={`${CELL} font-normal`}>
              <span className="max-sm:sr-only">Source</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map((series) => (
            <FigureRow key={series.id} series={series} ends={ends} hasChange={hasChange} index={index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type FigureRowProps = { series: FigureSeries; ends: readonly string[]; hasChange: boolean; index: ReportIndex };

function FigureRow({ series, ends, hasChange, index }: FigureRowProps) {
  const statements = [...series.points.map(({ statement }) => statement), series.change?.statement ?? []].flat();
  return (
    <tr className="border-t">
      <th scope="row" className={`${CELL} text-left font-normal`}>
        {series.title}
      </th>
      {ends.map((end, position) => {
        const point = series.points.find(({ periodEnd }) => periodEnd === end);
        return (
          <td key={end} className={position === 0 ? `${NUMBER} font-medium` : NUMBER}>
            {point && figureText(point.value, series)}
          </td>
        );
      })}
      {hasChange && <ChangeCell series={series} change={series.change} />}
      <td className={`${CELL} text-center`}>
        {citeStatements(index, statements).map((citation) => (
          <Citation key={citation.number} {...citation} />
        ))}
      </td>
    </tr>
  );
}

/** On a narrow screen the share alone, else the change in short. */
function ChangeCell({ series, change }: { series: FigureSeries; change: FigureChange | null }) {
  if (change === null) return <td className={NUMBER} />;
  const amount = changeText(change.amount, series);
  return (
    <td className={`${NUMBER} text-muted-foreground`}>
      <span className="max-sm:hidden">{amount.whole}</span>
      {change.percent === null ? (
        <span className="sm:hidden">{amount.short}</span>
      ) : (
        <span className="inline-block sm:pl-2">{percentText(change.percent)}</span>
      )}
    </td>
  );
}
