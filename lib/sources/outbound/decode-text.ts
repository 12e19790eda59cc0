const DECLARED_IN_PAGE =
  /<meta[^>]+charset\s*=\s*["']?\s*([a-z0-9_:.-]+)|<\?xml[^>]+encoding\s*=\s*["']([a-z0-9_:.-]+)/i;
/** How far into a page HTML allows its encoding to be declared. */
const DECLARATION_BYTES = 1_024;

/**
 * Text out of bytes: a byte order mark counts most, then what is declared in the header, then in the document. What is
 * not valid in UTF-8 and declares nothing is read as windows-1252, which is what such answers are.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  if (hasUtf8Mark(bytes)) return new TextDecoder().decode(bytes);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, DECLARATION_BYTES));
  if (head[0] === 0xff && head[1] === 0xfe) return decoder('utf-16le').decode(bytes);
  if (head[0] === 0xfe && head[1] === 0xff) return decoder('utf-16be').decode(bytes);
  const declared = /charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType ?? '')?.[1];
  const [, html, xml] = DECLARED_IN_PAGE.exec(head.toString('latin1')) ?? [];
  const label = declared ?? html ?? xml ?? 'utf-8';
  try {
    return decoder(label, true).decode(bytes);
  } catch {
    // An unknown name, or text that is not in the encoding it claims.
    return decodeUnlabelled(bytes);
  }
}

function decodeUnlabelled(bytes: Uint8Array): string {
  try {
    return decoder('utf-8', true).decode(bytes);
  } catch {
    return decoder('windows-1252').decode(bytes);
  }
}

function hasUtf8Mark([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}

function decoder(label: string, fatal = false): TextDecoder {
  return new TextDecoder(label, { fatal });
}
