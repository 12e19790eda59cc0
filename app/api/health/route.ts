import { checkHealth } from '@/lib/health/check-health';

/** For load balancers: 200 ok, 503 not ok; says nothing else to the public. */
export async function GET(): Promise<Response> {
  const healthy = await checkHealth();
  return Response.json(
    { status: healthy ? 'ok' : 'unavailable' },
    { status: healthy ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}
