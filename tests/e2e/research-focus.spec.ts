import { expect, test } from '@playwright/test';
import { COMPANIES, calmSandbox, expectAccessible, signInAsNewcomer } from './steps';

test.afterEach(({ page }) => calmSandbox(page));

test('research can be given what matters to the reader', async ({ page }) => {
  await signInAsNewcomer(page);
  await page.goto(`/companies/${COMPANIES.kettle.id}`);
  await page.getByRole('button', { name: 'Focus', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'What matters to you?' });
  await expectAccessible(page, '[role=dialog]');
  await dialog.getByLabel('Hiring').check();
  await dialog.getByLabel('What you sell, and why this company').fill('We place people in kitchens.');
  const started = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().includes('/api/research/'),
  );
  await dialog.getByRole('button', { name: 'Start research' }).click();
  expect((await started).postDataJSON()).toEqual({
    focus_areas: ['Hiring'],
    user_context: 'We place people in kitchens.',
  });
  await expect(dialog).toBeHidden();
});
