import { expect, test } from 'vitest';
import { acceptNews, versionOfEtag } from '@/components/jobs/live/followed-job';
import { news } from './news';

test('news that come late do not replace newer ones', () => {
  const shown = news(12_003, 40);
  expect(acceptNews(shown, news(12_002, 30))).toBe(shown);
  expect(acceptNews(shown, news(13_000, 100, 'completed')).answer.job.status).toBe('completed');
  expect(acceptNews(null, news(1)).version).toBe(1);
});

test('the same version is looked at again: its place in the line may have changed', () => {
  const again = news(12_003, 40);
  expect(acceptNews(news(12_003, 40), again)).toBe(again);
});

test('progress does not go backwards within a run, and begins anew with the next', () => {
  expect(acceptNews(news(1, 60), news(2, 20)).answer.job.progress).toBe(60);
  expect(acceptNews(news(1, 60), news(2, 20, 'active', 2)).answer.job.progress).toBe(20);
  expect(acceptNews(news(1, 60, 'failed'), news(2, 0, 'active', 1)).answer.job.progress).toBe(0);
});

test('the version is read from an ETag, whatever stands behind it', () => {
  expect(versionOfEtag('"12003"')).toBe(12_003);
  expect(versionOfEtag('W/"12003-stale-p4"')).toBe(12_003);
  expect(versionOfEtag(null)).toBeNull();
});
