import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import type { HttpAnswer } from '../http';
import { parseDocument, parseJson } from '../outbound/json-answer';
import type { ProviderAccess } from '../providers';

/** `GET /document/{id}`: only what is needed of it; the rest comes and goes. */
const metadataSchema = z.looseObject({
  resources: z.record(z.string(), z.looseObject({ content_length: z.number().nullish() })),
});

/** Forms in which figures can be read, the best first. */
const TAGGED_FORMS = ['application/xhtml+xml', 'application/xml'];
/** Accounts of groups carry pictures inside; the largest seen are around 20 MB. */
const MAX_BYTES = 25_000_000;
const TIMEOUT_MS = 30_000;

/** What the Document API has under an id. */
export type FiledDocument =
  | { kind: 'tagged'; text: string; sha256: string }
  /** On paper or as PDF only. */
  | { kind: 'untagged'; sha256: string }
  | { kind: 'absent' };

/**
 * Reads a filed document in a form that has tagged facts. The content comes by a redirect to object storage, to which our
 * key is not sent.
 * @throws AppError as `ProviderAccess.get`, and `provider_contract` for an answer in an unknown form.
 */
export async function getFiledDocument(access: ProviderAccess, documentId: string): Promise<FiledDocument> {
  const path = `/document/${encodeURIComponent(documentId)}`;
  const headers = { Authorization: `Basic ${Buffer.from(`${access.apiKey ?? ''}:`).toString('base64')}` };
  const metadata = await access.get(path, { headers });
  if (metadata.status === 404) {
    // A gateway's "not found" page says nothing about the document.
    if (metadata.body.trim() !== '') parseJson(access.name, metadata);
    return { kind: 'absent' };
  }
  expectOk(access, metadata);
  const { resources } = parseDocument(access.name, metadataSchema, parseJson(access.name, metadata), 'metadata');
  const form = TAGGED_FORMS.find((type) => Object.hasOwn(resources, type));
  if (form === undefined) return { kind: 'untagged', sha256: digest(metadata.body) };
  const content = await access.get(`${path}/content`, {
    headers,
    accept: form,
    signedRedirects: true,
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
  });
  expectOk(access, content);
  return { kind: 'tagged', text: content.body, sha256: digest(content.bytes) };
}

function expectOk({ name }: ProviderAccess, { status }: HttpAnswer): void {
  if (status !== 200) throw new AppError('provider_contract', { detail: `${name} answered with status ${status}` });
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
