import { placedFigure } from '@/lib/companies/register/figure-years';
import type { SectionDraft } from '../draft/section-draft';
import { citedFigure } from './cited-figure';

/** Whether the company owes more than it has, by its last accounts; the reason of the financial section when unknown. */
export async function stateEquity(draft: SectionDraft): Promise<void> {
  const { gap } = draft.entryOf('financials', 'net_assets');
  const accounts = gap === null ? await draft.read('accounts.figures') : null;
  if (accounts?.outcome === 'ok') {
    const { net_assets: netAssets, equity } = accounts.data.documents[0]?.figures ?? {};
    const figure = placedFigure(accounts.data, 0, netAssets?.current ?? equity?.current);
    if (figure !== null) {
      draft.computed('negative_equity', 'is_negative', [citedFigure(accounts, figure).citation], {
        asOf: figure.fact.end,
      });
      return;
    }
  }
  if (gap !== null) draft.gap('negative_equity', gap.reason, gap.detail, gap.tried);
  else if (accounts !== null && accounts.outcome !== 'ok') draft.missing('negative_equity', accounts);
}
