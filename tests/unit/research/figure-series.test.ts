import { describe, expect, test } from 'vitest';
import { seriesOf } from '@/lib/research/figure-series';
import type { Statement } from '@/lib/research/schema';

const YEAR = '2025-06-01/2026-05-31';
const YEAR_BEFORE = '2024-06-01/2025-05-31';

let count = 0;
function figure(field: string, value: number, asOf: string, more: Partial<Statement> = {}): Statement {
  count += 1;
  return {
    id: `S${count}`,
    field,
    value,
    unit: null,
    currency: 'GBP',
    period: null,
    as_of: asOf,
    method: 'parsed',
    formula: null,
    evidence: ['E1'],
    confidence: 0.9,
    conflicts: [],
    ...more,
  };
}

describe('figures over years', () => {
  test('a figure of two years is drawn, with its change and the growth that the report states', () => {
    const statements = [
      figure('cash', 300, '2026-05-31'),
      figure('cash_previous', 200, '2025-05-31'),
      figure('cash_growth', 50, '2026-05-31', { unit: 'percent', currency: null, method: 'computed' }),
    ];
    const [cash] = seriesOf({ statements });
    expect(cash?.points.map(({ periodEnd, value }) => [periodEnd, value])).toEqual([
      ['2025-05-31', 200],
      ['2026-05-31', 300],
    ]);
    expect(cash).toMatchObject({ title: 'Cash', drawn: true, change: { amount: 100, percent: 50 } });
    expect(cash?.change?.statement).toBe(statements[2]?.id);
  });

  test('a figure of one year is told and not drawn', () => {
    const [cash] = seriesOf({ statements: [figure('cash', 0, '2026-05-31')] });
    expect(cash).toMatchObject({ drawn: false, change: null, points: [{ value: 0 }] });
  });

  test('periods of different lengths are not compared', () => {
    const long = figure('turnover', 900, '2026-05-31', { period: '2024-12-01/2026-05-31' });
    const before = figure('turnover_previous', 500, '2024-11-30', { period: '2023-12-01/2024-11-30' });
    expect(seriesOf({ statements: [long, before] })[0]).toMatchObject({ drawn: true, change: null });
    const year = figure('turnover', 900, '2026-05-31', { period: YEAR });
    const same = figure('turnover_previous', 500, '2025-05-31', { period: YEAR_BEFORE });
    expect(seriesOf({ statements: [year, same] })[0]?.change?.amount).toBe(400);
  });

  test('a loss after a profit is a change below zero, without a percentage', () => {
    const statements = [
      figure('profit_loss', -250, '2026-05-31', { period: YEAR }),
      figure('profit_loss_previous', 100, '2025-05-31', { period: YEAR_BEFORE }),
    ];
    expect(seriesOf({ statements })[0]?.change).toEqual({ amount: -350, percent: null, statement: null });
  });

  test('equity stands for net assets, and what falls due within a year for all creditors, where only those are filed', () => {
    const statements = [
      figure('equity', 5, '2026-05-31'),
      figure('equity_previous', 4, '2025-05-31'),
      figure('creditors_within_one_year', 3, '2026-05-31'),
      figure('creditors_within_one_year_previous', 2, '2025-05-31'),
    ];
    expect(seriesOf({ statements }).map(({ title, drawn }) => [title, drawn])).toEqual([
      ['Creditors due within one year', true],
      ['Equity', true],
    ]);
    expect(seriesOf({ statements: [...statements, figure('net_assets', 5, '2026-05-31')] }).at(-1)?.title).toBe(
      'Net assets',
    );
  });

  test('amounts of another currency are not mixed in', () => {
    const statements = [figure('cash', 3, '2026-05-31', { currency: 'EUR' }), figure('cash_previous', 2, '2025-05-31')];
    expect(seriesOf({ statements })[0]).toMatchObject({ currency: 'EUR', drawn: false });
  });
});
