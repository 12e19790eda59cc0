import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readMailbox } from '@/lib/auth/read-mailbox';
import { createTestUser } from '../../support/users';
import { newVisitor, textOf } from '../../support/visitor';

const REFUSED = 'This address and password do not fit together';

function newEmail(): string {
  return `visitor-${randomBytes(6).toString('hex')}@test.example`;
}

/** The path that the newest mail to an address links to. */
async function linkFor(email: string): Promise<string> {
  const mail = (await readMailbox())?.find((one) => one.to === email);
  const link = /https?:\/\/\S+/.exec(mail?.text ?? '')?.[0];
  if (!link) throw new Error(`There is no mail with a link for ${email}`);
  const url = new URL(link);
  return url.pathname + url.search;
}

describe('somebody new', () => {
  test('signs up, confirms by mail, is signed in, and can sign out and in again', async () => {
    const visitor = newVisitor();
    const credentials = { email: newEmail(), password: 'a good password' };
    const sent = await visitor.submit(await visitor.visit('/sign-up'), 'Create account', credentials);
    expect(textOf(sent)).toContain('We sent a mail to this address');

    const early = await visitor.submit(await visitor.visit('/sign-in'), 'Sign in', credentials);
    expect(textOf(early)).toContain(REFUSED);

    const mailbox = await visitor.visit('/dev/mailbox');
    expect(textOf(mailbox)).toContain(credentials.email);
    const confirmed = await visitor.visit(await linkFor(credentials.email));
    expect([confirmed.path, confirmed.status]).toEqual(['/', 200]);

    const out = await visitor.post('/auth/sign-out', { 'sec-fetch-site': 'same-origin' });
    expect(out.path).toBe('/sign-in');
    expect([...visitor.cookies.keys()].filter((name) => name.startsWith('oppspot-session'))).toEqual([]);
    expect((await visitor.visit('/')).path).toBe('/sign-in');

    const back = await visitor.submit(await visitor.visit('/sign-in'), 'Sign in', credentials);
    expect([back.path, back.status]).toEqual(['/', 200]);
  });

  test('who signs up again gets the same answer, and another mail while the address is not confirmed', async () => {
    const visitor = newVisitor();
    const credentials = { email: newEmail(), password: 'a good password' };
    const first = await visitor.submit(await visitor.visit('/sign-up'), 'Create account', credentials);
    const before = (await readMailbox())?.length ?? 0;
    const second = await visitor.submit(await visitor.visit('/sign-up'), 'Create account', credentials);
    expect(textOf(second)).toBe(textOf(first));
    expect((await readMailbox())?.length).toBeGreaterThanOrEqual(before);
  });

  test('with an address that somebody has learns nothing', async () => {
    const user = await createTestUser();
    const visitor = newVisitor();
    const credentials = { email: user.email, password: 'another password' };
    const answer = await visitor.submit(await visitor.visit('/sign-up'), 'Create account', credentials);
    expect(textOf(answer)).toContain('We sent a mail to this address');
    const known = await visitor.submit(await visitor.visit('/sign-in'), 'Sign in', credentials);
    const unknown = await visitor.submit(await visitor.visit('/sign-in'), 'Sign in', {
      ...credentials,
      email: newEmail(),
    });
    expect(textOf(known)).toContain(REFUSED);
    expect(textOf(unknown)).toBe(textOf(known));
  });

  test('sees what is wrong at the field where it is wrong', async () => {
    const visitor = newVisitor();
    const page = await visitor.submit(await visitor.visit('/sign-up'), 'Create account', {
      email: 'ada',
      password: 'short',
    });
    expect(textOf(page)).toContain('This is not an e-mail address.');
    expect(textOf(page)).toContain('Use at least 8 characters.');
    for (const [tag] of page.html.matchAll(/<input[^>]*name="(?:email|password)"[^>]*>/g)) {
      expect(tag).toContain('aria-invalid="true"');
      const error = /aria-describedby="(?:\S+ )?([^" ]+-error)"/.exec(tag)?.[1];
      expect(page.html).toContain(`id="${error}"`);
    }
    expect(page.html).not.toContain('value="short"');
  });
});

describe('somebody who forgot the password', () => {
  test('chooses a new one by mail, once, and the old one no longer works', async () => {
    const user = await createTestUser();
    const visitor = newVisitor();
    const sent = await visitor.submit(await visitor.visit('/forgot-password'), 'Send the mail', { email: user.email });
    expect(textOf(sent)).toContain('If this address has an account');

    const link = await linkFor(user.email);
    const form = await visitor.visit(link);
    expect(form.path).toBe('/reset-password');
    const differing = await visitor.submit(form, 'Save the password', {
      password: 'new password',
      repeated: 'new pasword',
    });
    expect(textOf(differing)).toContain('The two passwords differ.');
    const saved = await visitor.submit(form, 'Save the password', {
      password: 'new password',
      repeated: 'new password',
    });
    expect(textOf(saved)).toContain('Your password is changed');

    const other = newVisitor();
    const old = await other.submit(await other.visit('/sign-in'), 'Sign in', {
      email: user.email,
      password: user.password,
    });
    expect(textOf(old)).toContain(REFUSED);
    const fresh = await other.submit(await other.visit('/sign-in'), 'Sign in', {
      email: user.email,
      password: 'new password',
    });
    expect(fresh.path).toBe('/');
    expect((await newVisitor().visit(link)).path).toBe('/sign-in?notice=link-invalid');
  });

  test('gets the same answer for an address without an account', async () => {
    const user = await createTestUser();
    const visitor = newVisitor();
    const known = await visitor.submit(await visitor.visit('/forgot-password'), 'Send the mail', { email: user.email });
    const unknown = await visitor.submit(await visitor.visit('/forgot-password'), 'Send the mail', {
      email: newEmail(),
    });
    expect(textOf(unknown)).toBe(textOf(known));
  });

  test('cannot set a password with a session alone', async () => {
    const user = await createTestUser();
    const visitor = newVisitor();
    await visitor.submit(await visitor.visit('/sign-in'), 'Sign in', { email: user.email, password: user.password });
    expect(textOf(await visitor.visit('/reset-password'))).toContain('This needs the link from our mail');
  });

  test.each([
    '/auth/confirm',
    '/auth/confirm?token_hash=nonsense&type=recovery',
    '/auth/confirm?token_hash=x&type=invite',
  ])('is told that a link is no good: %s', async (path) => {
    const page = await newVisitor().visit(path);
    expect(page.path).toBe('/sign-in?notice=link-invalid');
    expect(textOf(page)).toContain('This link was used already or is too old.');
  });
});

describe('the sign-in page', () => {
  test('signs in the demo user with one press and goes where the visitor wanted to go', async () => {
    const visitor = newVisitor();
    const page = await visitor.visit('/companies?q=demo');
    expect(page.path).toBe('/sign-in?next=%2Fcompanies%3Fq%3Ddemo');
    const arrived = await visitor.submit(page, 'Sign in as the demo user');
    expect([arrived.path, arrived.status]).toEqual(['/companies?q=demo', 200]);
  });

  test('never leads to another site', async () => {
    const visitor = newVisitor();
    const page = await visitor.visit('/sign-in?next=https://evil.example/');
    expect((await visitor.submit(page, 'Sign in as the demo user')).path).toBe('/');
  });

  test('stops guessing at one account after ten wrong passwords, from wherever they come', async () => {
    const user = await createTestUser();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const visitor = newVisitor(`198.51.100.${attempt}`);
      await visitor.submit(await visitor.visit('/sign-in'), 'Sign in', {
        email: user.email,
        password: 'wrong password',
      });
    }
    const visitor = newVisitor('198.51.100.99');
    const right = await visitor.submit(await visitor.visit('/sign-in'), 'Sign in', {
      email: user.email,
      password: user.password,
    });
    expect(textOf(right)).toMatch(/Too many attempts\. Try again in \d+ minutes\./);
  });

  test('is not framed, runs no foreign scripts, and its session cookie is out of reach of scripts', async () => {
    const response = await fetch(`${process.env.APP_URL}/sign-in`);
    const policy = response.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("frame-ancestors 'none'");
    const scripts = [...(await response.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(0);
    for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`);
    const again = await fetch(`${process.env.APP_URL}/sign-in`);
    expect(again.headers.get('content-security-policy')).not.toBe(policy);
  });

  test('another site cannot sign people out', async () => {
    const page = await newVisitor().post('/auth/sign-out', { 'sec-fetch-site': 'cross-site' });
    expect(page.status).toBe(403);
  });
});
