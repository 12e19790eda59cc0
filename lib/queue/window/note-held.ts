import { producerRedis, withRedis } from '../redis-client';
import { redisKeys } from '../redis-keys';

/** Tells the workers that a job is held, so that it is let in as soon as there is room. Their sweep is the net below. */
export async function noteHeld(queue: string): Promise<void> {
  await withRedis(() => producerRedis().publish(redisKeys.held(), queue)).catch(() => undefined);
}
