import { expect, test } from '@playwright/test';
import { COMPANIES, expectAccessible, researchToTheEnd, signInAsNewcomer } from './steps';

test('figures over years are drawn, and told as a table that cites its statements', async ({ page }) => {
  await signInAsNewcomer(page);
  await researchToTheEnd(page, COMPANIES.robotics.id);

  const chart = page.getByRole('img', { name: /^Net assets: / });
  await expect(chart).toHaveAccessibleName('Net assets: £2,045,865 on 31 Jan 2025, £3,759,695 on 31 Jan 2026');
  const table = page.getByRole('table', { name: 'Figures of the filed accounts' });
  await expect(table.getByRole('columnheader')).toHaveText([
    'Figure',
    '31 Jan 2026',
    '31 Jan 2025',
    'Change',
    'Source',
  ]);
  const row = table.getByRole('row', { name: /^Net assets/ });
  await expect(row.getByRole('rowheader')).toHaveText('Net assets');
  await expect(row.getByRole('cell').nth(0)).toHaveText('£3,759,695');
  await expect(row.getByRole('cell').nth(2)).toContainText('+83.8%');

  const source = row.getByRole('button', { name: /^Source \d+: Filed accounts/ });
  await source.focus();
  await page.keyboard.press('Enter');
  const evidence = page.getByRole('dialog', { name: /^Source \d+/ });
  await expect(evidence.getByText('Net assets: £3,759,695')).toBeVisible();
  await expect(evidence.getByRole('blockquote').first()).not.toBeEmpty();
  await page.keyboard.press('Escape');
  await expect(source).toBeFocused();
  await expectAccessible(page, '#financials');
});
