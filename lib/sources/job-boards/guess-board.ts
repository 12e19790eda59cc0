import { AppError } from '@/lib/errors';
import type { SourceContext } from '../define-source';
import { sha256 } from '../outbound/json-answer';
import { isReported } from '../read-outcome';
import type { Advert } from './advert';
import { isSameName, nameWords } from './company-name';
import { BOARD_PROVIDER_IDS, BOARD_PROVIDERS, type BoardProviderId } from './providers';
import { readBoard } from './read-board';
import type { ReadBoard } from './to-document';

/** An equal name only, research 1.6: there may be another company of that name. */
const NAME_MATCH = 0.6;
/** Shorter names are shared by too many to be asked for. */
const SHORTEST_NAME = 5;
const IN_BRITAIN =
  /\b(united kingdom|uk|gb|great britain|england|scotland|wales|northern ireland|london|manchester|birmingham|leeds|bristol|edinburgh|glasgow|cardiff|belfast)\b/i;

/**
 * Asks for a board by the company's name. It counts only when the board itself states exactly that name, and when it
 * advertises in Britain or its advertisements lead to the company's web site: the same name may be another company's.
 * @param host of the company's web site; null when none is known.
 */
export async function guessBoard(ctx: SourceContext, name: string, host: string | null): Promise<ReadBoard | null> {
  const words = nameWords(name);
  if (words.join('').length < SHORTEST_NAME) return null;
  for (const provider of BOARD_PROVIDER_IDS) {
    for (const token of BOARD_PROVIDERS[provider].guesses?.(words) ?? []) {
      const board = await askFor(ctx, provider, token, name, host);
      if (board !== null) return board;
    }
  }
  return null;
}

async function askFor(
  ctx: SourceContext,
  provider: BoardProviderId,
  token: string,
  name: string,
  host: string | null,
): Promise<ReadBoard | null> {
  try {
    const answer = await readBoard(ctx, provider, token);
    const companyName = answer?.reading.companyName ?? null;
    if (answer === null || companyName === null || !isSameName(companyName, name)) return null;
    const { adverts } = answer.reading;
    if (!adverts.some((advert) => isInBritain(advert) || leadsTo(advert, host))) return null;
    const { title, page } = BOARD_PROVIDERS[provider];
    return {
      board: {
        provider,
        title,
        url: page(token),
        company_name: companyName,
        proof: { by: 'name', page: null, match: NAME_MATCH },
        sha256: sha256(answer.bodies),
        unread: null,
      },
      adverts,
    };
  } catch (error) {
    // A guess that cannot be asked is no board; what links say is not touched by it.
    if (error instanceof AppError && isReported(error, null)) return null;
    throw error;
  }
}

function isInBritain({ locations }: Advert): boolean {
  return locations.some((place) => IN_BRITAIN.test(place));
}

function leadsTo({ text, url }: Advert, host: string | null): boolean {
  const bare = host?.replace(/^www\./, '');
  return bare !== undefined && `${text} ${url ?? ''}`.toLowerCase().includes(bare);
}
