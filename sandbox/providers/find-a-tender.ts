import { admitAnyone, gatewayPage, type Provider, refuse } from '../provider';
import { answerProcess, answerReleases } from './ocds';

/** Find a Tender: 12 requests in 2 minutes. */
export const findATender: Provider = {
  name: 'find-a-tender',
  rate: { limit: 12, windowSeconds: 120 },
  admit: admitAnyone,
  async answer(c, path, tools) {
    if (path.endsWith('/ocdsReleasePackages')) {
      return answerReleases(c, 'find-a-tender', { from: 'updatedFrom', to: 'updatedTo' }, tools);
    }
    const [, ocid] = /\/ocdsRecordPackages\/([^/]+)$/.exec(path) ?? [];
    const answer = ocid === undefined ? null : await answerProcess('find-a-tender', ocid, tools);
    return answer ?? refuse(findATender, 404);
  },
  failure(status) {
    if (status >= 502) return gatewayPage(status);
    const message = status === 429 ? '12 request limit in 2 minute exceeded' : `Error ${status}`;
    return { contentType: 'application/json', body: JSON.stringify({ message }) };
  },
  limited({ resetAt }, now) {
    const seconds = Math.max(0, Math.ceil(resetAt - now.getTime() / 1000));
    return refuse(findATender, 429, { 'Retry-After': String(seconds) });
  },
};
