import { describe, expect, test } from 'vitest';
import { byFocus, NO_FOCUS } from '@/lib/research/focus';

const QUESTIONS = [
  'How did turnover develop over the last financial year?',
  'Which technology is in use today?',
  'Which roles are you hiring for?',
  'Who are your main customers?',
];
const first = (focusAreas: string[], userContext: string | null = null) =>
  byFocus(QUESTIONS, (question) => question, { focusAreas, userContext })[0];

describe('what the reader cares about', () => {
  test('comes first, also in other words', () => {
    expect(first(['technology'])).toBe(QUESTIONS[1]);
    expect(first(['Recruitment'])).toBe(QUESTIONS[2]);
    expect(first([], 'We make software for their clients')).toBe(QUESTIONS[1]);
  });

  test('counts more when it was chosen than when it is only mentioned', () => {
    expect(first(['customers'], 'we sell software')).toBe(QUESTIONS[3]);
  });

  test('changes only the order, and nothing when nothing is known of it', () => {
    expect(byFocus(QUESTIONS, (question) => question, NO_FOCUS)).toEqual(QUESTIONS);
    expect(first(['zebras'])).toBe(QUESTIONS[0]);
    const ordered = byFocus(QUESTIONS, (question) => question, { focusAreas: ['hiring'], userContext: null });
    expect([...ordered].sort()).toEqual([...QUESTIONS].sort());
  });
});
