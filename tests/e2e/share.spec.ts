import { expect, test } from '@playwright/test';
import { COMPANIES, expectAccessible, expectNoSidewaysScroll, signInAsNewcomer } from './steps';

test('a report is shared with somebody without an account, and the link is ended again', async ({ page, browser }) => {
  await signInAsNewcomer(page);
  await page.goto(`/companies/${COMPANIES.kettle.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  await page.getByRole('link', { name: 'Open the report' }).click({ timeout: 45_000 });
  await expect(page.getByRole('heading', { name: 'Sources' })).toBeVisible();

  await page.getByRole('button', { name: 'Actions on this report' }).click();
  await page.getByRole('menuitem', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this report' });
  await expect(dialog.getByText('Nobody else can read this report.')).toBeVisible();
  await dialog.getByLabel('Ends after').selectOption('7');
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  const link = dialog.getByRole('textbox', { name: 'Link to this report' });
  await expect(link).toHaveValue(/\/share\//);
  await expectAccessible(page, '[role=dialog]');
  const address = new URL(await link.inputValue()).pathname;

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(new URL(address, page.url()).href);
  await expect(stranger.getByRole('heading', { level: 1 })).toContainText(COMPANIES.kettle.name);
  await expect(stranger.getByText(/shared with you until/)).toBeVisible();
  await stranger
    .getByRole('article')
    .getByRole('button', { name: /^Source \d+/ })
    .first()
    .click();
  await expect(stranger.getByRole('dialog', { name: /^Source \d+/ })).toBeVisible();
  await stranger.keyboard.press('Escape');
  await expectAccessible(stranger);
  await stranger.setViewportSize({ width: 375, height: 800 });
  await expectNoSidewaysScroll(stranger);

  await dialog.getByRole('button', { name: 'End this link' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End the link' }).click();
  await expect(dialog.getByText('Nobody else can read this report.')).toBeVisible();
  await stranger.reload();
  await expect(stranger.getByText('This link shows no report')).toBeVisible();
});

test('two reports on one company are compared', async ({ page }) => {
  await signInAsNewcomer(page);
  await page.goto(`/companies/${COMPANIES.kettle.id}`);
  await page.getByRole('button', { name: 'Research', exact: true }).click();
  await page.getByRole('link', { name: 'Open the report' }).click({ timeout: 45_000 });
  await page.getByRole('button', { name: 'Actions on this report' }).click();
  await page.getByRole('menuitem', { name: 'Compare' }).click();
  await expect(page.getByText('There is no other report to compare with')).toBeVisible();

  await page.request.post(`/api/research/${COMPANIES.kettle.id}?force_refresh=true`, {
    headers: { prefer: 'wait=20', origin: new URL(page.url()).origin },
  });
  await page.reload();
  await expect(page.getByLabel('Compare with the report of')).toBeVisible();
  await expect(page.getByText(/Nothing changed|fields? differ/)).toBeVisible();
  await expectAccessible(page);
});
