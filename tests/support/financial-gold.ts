import fs from 'node:fs';
import { z } from 'zod';
import { sharedData } from './shared-data';
import type { TaggedFigure } from './tagged-accounts';

/** Our figures by the names of the gold cases. */
export const GOLD = {
  turnover: ['turnover', 'TurnoverRevenue'],
  gross_profit: ['gross_profit', 'GrossProfitLoss'],
  operating_result: ['operating_profit', 'OperatingProfitLoss'],
  profit_after_tax: ['profit_loss', 'ProfitLoss'],
  net_assets: ['net_assets', 'NetAssetsLiabilities'],
  cash: ['cash', 'CashBankOnHand'],
  employees: ['employees', 'AverageNumberEmployeesDuringPeriod'],
} as const;
export type GoldFigure = keyof typeof GOLD;

const goldSchema = z.object({
  company_number: z.string(),
  split: z.string(),
  metadata: z.object({ text_source: z.string() }),
  expected: z.object({
    financial_period_summaries: z.record(
      z.enum(['current', 'previous']),
      z.record(
        // Object.keys of a literal object: exactly its own keys.
        z.enum(Object.keys(GOLD) as [GoldFigure, ...GoldFigure[]]),
        z.object({
          state: z.enum(['present', 'missing']),
          displayed_value: z.string().nullable(),
          unit: z.string().nullable(),
          value_pence: z.number().nullable(),
          value_count: z.number().nullable(),
        }),
      ),
    ),
  }),
});
/** A filing with its figures as a person read them. */
export type Gold = z.infer<typeof goldSchema>;

/** The cases for development; the holdout cases are left alone. */
export function readGold(): Gold[] {
  const folder = sharedData('filed-narratives-gold', 'financials');
  return fs
    .readdirSync(folder)
    .filter((file) => file !== 'manifest.json')
    .map((file) => goldSchema.parse(JSON.parse(fs.readFileSync(`${folder}/${file}`, 'utf8'))))
    .filter(({ split }) => split === 'development');
}

/** The figures of one year as tags. */
export function toTags(
  figures: Gold['expected']['financial_period_summaries']['current'],
  context: string,
): TaggedFigure[] {
  return Object.entries(GOLD).flatMap(([name, [, tag]]) => {
    // The names are keys of GOLD.
    const { state, displayed_value: displayed, unit } = figures[name as GoldFigure];
    if (state === 'missing') return [];
    return [
      {
        tag,
        // Nothing displayed: the text says that there was none, as in “the company had no employees”.
        ...(displayed === null && { format: 'ixt4:fixed-zero' }),
        text: displayed?.replace(/[()]/g, '') ?? 'no',
        negative: displayed?.startsWith('(') ?? false,
        context: tag === 'NetAssetsLiabilities' || tag === 'CashBankOnHand' ? `${context}-day` : context,
        unit: unit === 'COUNT' ? 'pure' : 'money',
        ...(unit?.endsWith('THOUSANDS') && { scale: 3 }),
      },
    ];
  });
}
