import { expect, test } from '@playwright/test';
import { createTestUser } from '../support/users';
import { expectAccessible, expectNoSidewaysScroll } from './steps';

test('somebody without an account asks to be left out, and an admin accepts it', async ({ page, browser }) => {
  const name = `Quentin Example${Date.now()}`;
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Are you named in a report?' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ask to be left out of reports');
  await page.getByLabel('Full name').fill('Quentin');
  await page.getByLabel('Company number').fill('no number');
  await page.getByLabel('E-mail address').fill('quentin@people.example');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByText('Enter the full name, first name and surname.')).toBeVisible();
  await expect(page.getByText(/This is not a company number/)).toBeVisible();
  await expect(page.getByLabel('E-mail address')).toHaveValue('quentin@people.example');
  await expectAccessible(page);

  await page.getByLabel('Full name').fill(name);
  await page.getByLabel('Company number').fill('dm000003');
  await page.getByLabel(/Anything we should know/).fill('I left in 2019.');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByText('We have your request.')).toBeVisible();
  await page.setViewportSize({ width: 375, height: 800 });
  await expectNoSidewaysScroll(page);

  const context = await browser.newContext();
  const adminPage = await context.newPage();
  const admin = await createTestUser({ admin: true });
  await adminPage.goto('/sign-in');
  await adminPage.getByLabel('E-mail address').fill(admin.email);
  await adminPage.getByLabel('Password').fill(admin.password);
  await adminPage.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(adminPage.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
  await adminPage.goto('/admin');
  await adminPage.getByRole('link', { name: 'Requests for removal' }).click();
  const row = adminPage.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('company DM000003');
  await expectAccessible(adminPage);
  await adminPage.setViewportSize({ width: 375, height: 800 });
  await expectNoSidewaysScroll(adminPage);
  await row.getByRole('button', { name: `Accept: ${name}` }).click();
  await expect(row).toHaveCount(0);
  await adminPage.getByRole('link', { name: 'Decided' }).click();
  await expect(row).toContainText('Being removed');
  await context.close();
});
