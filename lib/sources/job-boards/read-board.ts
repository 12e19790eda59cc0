import { AppError } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import { parseJson } from '../outbound/json-answer';
import type { BoardReading } from './advert';
import { BOARD_PROVIDERS, type BoardProviderId } from './providers';
import type { AskBoard } from './providers/board-provider';

/** Greenhouse sends all advertisements of a board with their text at once. */
const MAX_BYTES = 25_000_000;
const TIMEOUT_MS = 20_000;

/** What a board said, with everything that it sent, for a fingerprint. */
export type BoardAnswer = { reading: BoardReading; bodies: string };

/**
 * Reads one board through its provider's budget; careers sites of Teamtailor are web pages and are read as such.
 * @returns null when there is no such board.
 * @throws AppError as `ProviderAccess.get` and `WebAccess.get` do, and `provider_contract` for another form.
 */
export async function readBoard(
  ctx: SourceContext,
  provider: BoardProviderId,
  token: string,
): Promise<BoardAnswer | null> {
  const bodies: string[] = [];
  const ask: AskBoard = async (path) => {
    const answer =
      provider === 'teamtailor' ? await askSite(ctx, token, path) : await askProvider(ctx, provider, token, path);
    if (answer.status === 404 || answer.status === 410) return null;
    const { title } = BOARD_PROVIDERS[provider];
    if (answer.status !== 200) {
      throw new AppError('provider_contract', { detail: `${title} answered with status ${answer.status}` });
    }
    bodies.push(answer.body);
    return parseJson(title, answer);
  };
  const reading = await BOARD_PROVIDERS[provider].read(ask, token);
  return reading === null ? null : { reading, bodies: bodies.join('\n') };
}

async function askProvider(
  ctx: SourceContext,
  provider: Exclude<BoardProviderId, 'teamtailor'>,
  token: string,
  path: string,
) {
  return ctx.provider(provider).get(path, {
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
    ...(provider === 'recruitee' && { account: token }),
  });
}

async function askSite(ctx: SourceContext, host: string, path: string) {
  const { status, headers, html } = await ctx.web.get(`https://${host}${path}`, { accept: 'json' });
  return { status, headers, body: html };
}
