import { expect, test } from '@playwright/test';
import { COMPANIES, expectAccessible, expectNoSidewaysScroll, researchToTheEnd, signInAsNewcomer } from './steps';

test('the last research of the month is told of by the bell and beside the button', async ({ page }) => {
  await signInAsNewcomer(page, { researchLimit: 1 });
  await page.goto(`/companies/${COMPANIES.lanterns.id}`);
  await expect(page.getByText('1 of 1 researches left this month.')).toBeVisible();
  await page.getByRole('button', { name: 'Notifications', exact: true }).click();
  await expect(page.getByText(/^Nothing yet\./)).toBeVisible();
  await page.keyboard.press('Escape');

  await researchToTheEnd(page, COMPANIES.lanterns.id);
  await page.goto(`/companies/${COMPANIES.lanterns.id}`);
  await expect(page.getByText(/All 1 researches of this month are used/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Research', exact: true })).toBeDisabled();
  const bell = page.getByRole('button', { name: 'Notifications, 1 unread' });
  await bell.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Notifications' });
  await expect(panel.getByRole('link', { name: /All researches of this month are used/ })).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
  await page.setViewportSize({ width: 375, height: 800 });
  await page.reload();
  await page.getByRole('button', { name: 'Notifications', exact: true }).click();
  await expect(panel).toBeVisible();
  await expectNoSidewaysScroll(page);
});
