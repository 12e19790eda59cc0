import type { SectionDraft } from '../draft/section-draft';
import type { Statement } from '../schema';
import { citeSite, onPage, ownSite } from './website-answer';

/**
 * What the company says on its own web site that it does.
 * @returns null when no site of its own says it.
 */
export async function copyOwnDescription(draft: SectionDraft, field: string): Promise<Statement | null> {
  const site = ownSite(await draft.read('website.pages'));
  const description = site?.data.description ?? null;
  if (site === null || description === null) return null;
  const page = onPage(site, description.page, description.found_in === 'json_ld' ? 'json_ld' : 'text');
  return draft.copy(field, page, '$.description.text', { ...citeSite(site), optional: true });
}
