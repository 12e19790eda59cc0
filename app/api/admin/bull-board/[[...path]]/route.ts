import { randomUUID } from 'node:crypto';
import { isAdmin } from '@/lib/auth/admin';
import { getUser } from '@/lib/auth/session';
import { AppError, toAppError } from '@/lib/errors';
import { problemResponse } from '@/lib/http/problem';
import { assertSameOrigin } from '@/lib/http/same-origin';

/** Bull Board, for admins only: for anybody else there is nothing here, signed in or not. */
async function handle(request: Request): Promise<Response> {
  const requestId = randomUUID();
  try {
    const user = await getUser(request);
    if (!user || !(await isAdmin(user))) throw new AppError('not_found', { detail: 'There is no such API address.' });
    assertSameOrigin(request, user);
    // Loaded by the first admin who comes, not with every other address.
    const { answerBoardRequest } = await import('@/lib/queue/board/answer-board-request');
    return await answerBoardRequest(request, user, requestId);
  } catch (error) {
    return problemResponse(toAppError(error), requestId);
  }
}

export { handle as DELETE, handle as GET, handle as HEAD, handle as PATCH, handle as POST, handle as PUT };
