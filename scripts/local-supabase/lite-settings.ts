import path from 'node:path';
import type { EmailDriver } from '@supabase/lite';

export type LocalKeys = { jwtSecret: string; publishableKey: string; secretKey: string };

/** Life of an access token, in seconds. */
const JWT_EXPIRY_S = 3600;

/**
 * Configuration of @supabase/lite for this project; keep it in step with `supabase/config.toml`, which says the same to
 * the Supabase CLI.
 */
export function liteSettings(options: { siteUrl: string; keys: LocalKeys; supabaseDir: string; mailer: EmailDriver }) {
  const template = (name: string) => path.join(options.supabaseDir, 'templates', `${name}.html`);
  return {
    api: { schemas: ['public'], max_rows: 1000 },
    auth: {
      enabled: true,
      jwt_secret: options.keys.jwtSecret,
      publishable_key: options.keys.publishableKey,
      secret_key: options.keys.secretKey,
      site_url: options.siteUrl,
      additional_redirect_urls: [`${options.siteUrl}/**`],
      jwt_expiry: JWT_EXPIRY_S,
      minimum_password_length: 8,
      email: {
        enable_confirmations: true,
        template: {
          confirmation: { subject: 'Confirm your oppSpot account', content_path: template('confirmation') },
          recovery: { subject: 'Choose a new oppSpot password', content_path: template('recovery') },
        },
      },
    },
    studio: { enabled: false },
    storage: { enabled: false },
    options: { server: { admin: false, disableStudio: true }, drivers: { email: options.mailer } },
  };
}

export type LiteSettings = ReturnType<typeof liteSettings>;
