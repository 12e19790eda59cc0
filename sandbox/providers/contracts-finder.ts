import { admitAnyone, gatewayPage, type Provider, refuse } from '../provider';
import { answerProcess, answerReleases } from './ocds';

/** Contracts Finder. "Too many requests" is its 403, without a word on how long it lasts. */
export const contractsFinder: Provider = {
  name: 'contracts-finder',
  admit: admitAnyone,
  async answer(c, path, tools) {
    if (/^\/Published\/Notices\/OCDS\/Search$/i.test(path)) {
      return answerReleases(c, 'contracts-finder', { from: 'publishedFrom', to: 'publishedTo' }, tools);
    }
    const [, ocid] = /^\/Published\/OCDS\/Record\/([^/]+)$/i.exec(path) ?? [];
    const answer = ocid === undefined ? null : await answerProcess('contracts-finder', ocid, tools);
    return answer ?? refuse(contractsFinder, 404);
  },
  failure(status) {
    if (status === 403 || status >= 502) return gatewayPage(status);
    return { contentType: 'application/json', body: JSON.stringify({ message: `Error ${status}` }) };
  },
  limited: () => refuse(contractsFinder, 403),
};
