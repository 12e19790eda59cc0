import type { SectionDraft } from '../draft/section-draft';
import type { Statement } from '../schema';

/**
 * What the company does in the words that its directors signed, from the last accounts: the first answer to what it does.
 * @returns null when the accounts do not say it, or could not be read.
 */
export async function copyFiledActivity(draft: SectionDraft): Promise<Statement | null> {
  // Accounts are chosen from this list, so a job that refreshes everything has to refresh it first.
  await draft.read('companies_house.filing_history');
  const accounts = await draft.read('accounts.figures');
  const document = accounts.outcome === 'ok' ? accounts.data.documents[0] : undefined;
  const place = document?.principal_activity;
  if (document === undefined || !place) return null;
  const since = document.balance_sheet_date;
  const statement = draft.copy(
    'filed_activity',
    accounts,
    `$.documents[0].facts['${place.tag}']['${place.context}'].text`,
    { basis: 'accounts', since, asOf: since, optional: true },
  );
  if (statement !== null) draft.answer('what_it_does', statement);
  return statement;
}
