import type { FigureSeries } from '@/lib/research/figure-series';
import type { ReportIndex } from '../report-index';
import { FigureChart } from './figure-chart';
import { FigureTable } from './figure-table';

/** The figures of the filed accounts: as bars where two years are known, and all of them as a table. */
export function ReportFigures({ figures, index }: { figures: readonly FigureSeries[]; index: ReportIndex }) {
  if (figures.length === 0) return null;
  const drawn = figures.filter((series) => series.drawn);
  return (
    <>
      <FigureTable figures={figures} index={index} />
      {drawn.length > 0 && (
        <ul
          aria-label="Figures over years"
          className="grid grid-cols-[repeat(auto-fill,minmax(8.25rem,1fr))] gap-x-3 gap-y-5 rounded-lg border bg-surface p-3 sm:p-4"
        >
          {drawn.map((series) => (
            <li key={series.id} className="break-inside-avoid">
              <FigureChart series={series} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
