import { scaleBand, scaleLinear } from 'd3-scale';
import { formatDate } from '@/components/format/format-value';
import type { FigureSeries } from '@/lib/research/figure-series';
import { figureText, monthText, shortFigureText } from './figure-text';

/** Pixels. It is drawn on the server in one size, so that nothing moves when it arrives and no script is sent for it. */
const WIDTH = 132;
const HEIGHT = 116;
/** Room for the value beyond a bar's end, and for the date under it. */
const LABEL = 18;
const DATES = 18;
/** A bar that is not nothing can be seen. */
const LEAST_BAR = 1.5;

/** A figure over years as bars. The table beside it has the same figures with their sources. */
export function FigureChart({ series }: { series: FigureSeries }) {
  const values = series.points.map(({ value }) => value);
  const [lowest, highest] = [Math.min(0, ...values), Math.max(0, ...values)];
  const x = scaleBand(
    series.points.map(({ periodEnd }) => periodEnd),
    [0, WIDTH],
  )
    .paddingInner(0.3)
    .paddingOuter(0.15);
  const y = scaleLinear(
    [lowest, highest === lowest ? lowest + 1 : highest],
    [HEIGHT - DATES - (lowest < 0 ? LABEL : 0), highest > 0 || lowest === 0 ? LABEL : 2],
  );
  const said = series.points.map(({ periodEnd, value }) => `${figureText(value, series)} on ${formatDate(periodEnd)}`);
  return (
    <figure className="flex h-full flex-col justify-between gap-1">
      <figcaption className="font-medium text-[0.8125rem]">{series.title}</figcaption>
      <svg
        role="img"
        aria-label={`${series.title}: ${said.join(', ')}`}
        width={WIDTH}
        height={HEIGHT}
        className="max-w-full"
      >
        {series.points.map(({ periodEnd, value }) => (
          <Bar
            key={periodEnd}
            left={x(periodEnd) ?? 0}
            width={x.bandwidth()}
            zero={y(0)}
            end={y(value)}
            text={shortFigureText(value, series)}
          />
        ))}
        <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} className="stroke-border-strong" />
        {series.points.map(({ periodEnd }) => (
          <text
            key={periodEnd}
            x={(x(periodEnd) ?? 0) + x.bandwidth() / 2}
            y={HEIGHT - 4}
            textAnchor="middle"
            className="fill-muted-foreground text-[0.6875rem]"
          >
            {monthText(periodEnd)}
          </text>
        ))}
      </svg>
    </figure>
  );
}

type BarProps = { left: number; width: number; zero: number; end: number; text: string };

function Bar({ left, width, zero, end, text }: BarProps) {
  const isBelow = end > zero;
  const height = end === zero ? 0 : Math.max(Math.abs(end - zero), LEAST_BAR);
  return (
    <>
      <rect
        x={left}
        y={isBelow ? zero : zero - height}
        width={width}
        height={height}
        className={isBelow ? 'fill-danger-solid' : 'fill-accent'}
      />
      <text
        x={left + width / 2}
        y={isBelow ? zero + height + 13 : zero - height - 5}
        textAnchor="middle"
        className="fill-foreground text-xs"
      >
        {text}
      </text>
    </>
  );
}
