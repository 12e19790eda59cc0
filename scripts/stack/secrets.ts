import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../bootstrap/user-error.mjs';

const secretsSchema = z.object({
  jwtSecret: z.string().min(32),
  publishableKey: z.string().min(1),
  secretKey: z.string().min(1),
  redisPassword: z.string().min(1),
});

/** The secrets of one data folder's embedded parts. */
export type StackSecrets = z.infer<typeof secretsSchema>;

/**
 * Reads the secrets of a data folder, or makes them once.
 * @throws UserError when the file is damaged: new secrets would sign everybody out without a word.
 */
export function loadSecrets(folder: string): StackSecrets {
  const file = path.join(folder, 'secrets.json');
  if (!fs.existsSync(file)) return createSecrets(file);
  try {
    return secretsSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new UserError(
      `${file} is damaged. Remove it to have new secrets made; everybody then has to sign in again.`,
      { cause },
    );
  }
}

function createSecrets(file: string): StackSecrets {
  const random = (bytes: number) => randomBytes(bytes).toString('base64url');
  const secrets = {
    jwtSecret: random(48),
    publishableKey: `sb_publishable_local_${random(18)}`,
    secretKey: `sb_secret_local_${random(24)}`,
    redisPassword: random(24),
  };
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return secrets;
}
