import { AppError } from '@/lib/errors';
import { publicRoute } from '@/lib/http/route';

const unknownAddress = publicRoute({}, async () => {
  throw new AppError('not_found', { detail: 'There is no such API address.' });
});

export {
  unknownAddress as DELETE,
  unknownAddress as GET,
  unknownAddress as PATCH,
  unknownAddress as POST,
  unknownAddress as PUT,
};
