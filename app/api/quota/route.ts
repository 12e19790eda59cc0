import { route } from '@/lib/http/route';
import { getQuota, toQuotaBody } from '@/lib/quota/get-quota';

export const GET = route({ access: 'user' }, async ({ user }) => Response.json(toQuotaBody(await getQuota(user.id))));
