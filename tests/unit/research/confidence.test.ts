import { describe, expect, test } from 'vitest';
import {
  confidenceBand,
  coverageOf,
  evidenceConfidence,
  reportConfidence,
  sectionConfidence,
  statementConfidence,
} from '@/lib/research/confidence';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const register = { reliability: 0.98, match: 1, basis: 'register', since: '2026-11-23T08:00:00.000Z' } as const;

describe('the worth of evidence', () => {
  test('is the reliability of the source when it was read today', () => {
    expect(evidenceConfidence(register, NOW)).toBe(0.98);
  });

  test('halves over the half-life of its kind: two years for accounts', () => {
    const accounts = { ...register, basis: 'accounts', since: '2024-11-23' } as const;
    expect(evidenceConfidence(accounts, NOW)).toBeCloseTo(0.98 * 0.5, 3);
  });

  test('never falls below three tenths of what it was, however old', () => {
    expect(evidenceConfidence({ ...register, basis: 'accounts', since: '1990-12-31' }, NOW)).toBeCloseTo(0.98 * 0.3, 6);
  });

  test('is not raised by a date in the future', () => {
    expect(evidenceConfidence({ ...register, since: '2027-01-01' }, NOW)).toBe(0.98);
  });
});

describe('the confidence of a statement', () => {
  test('copied and computed values are worth their weakest input', () => {
    expect(statementConfidence([[0.98, 0.7]], 'computed')).toBe(0.7);
    expect(statementConfidence([[0.98]], 'copied')).toBe(0.98);
  });

  test('a classification counts 0.8 times its rule, an inference 0.6', () => {
    expect(statementConfidence([[1]], 'classified', 0.9)).toBe(0.72);
    expect(statementConfidence([[1]], 'inferred')).toBe(0.6);
  });

  test('independent origins support each other', () => {
    expect(statementConfidence([[0.6], [0.5]], 'copied')).toBe(0.8);
  });
});

describe('the ratings of sections and reports', () => {
  test('required fields weigh twice as much as optional ones', () => {
    const answered = [
      { required: true, confidence: 0.9 },
      { required: false, confidence: 0.6 },
    ];
    expect(sectionConfidence(answered)).toBe(0.8);
  });

  test('a section without answers has no confidence and does not count in the report', () => {
    expect(sectionConfidence([])).toBeNull();
    expect(
      reportConfidence([
        { weight: 0.15, confidence: 0.9 },
        { weight: 0.85, confidence: null },
      ]),
    ).toBe(0.9);
  });

  test('coverage counts required fields that apply', () => {
    expect(coverageOf(['answered', 'open', 'not_applicable'])).toBe(0.5);
    expect(coverageOf(['not_applicable'])).toBe(1);
  });

  test('bands begin at 0.80 and 0.55', () => {
    expect([0.8, 0.7999, 0.55, 0.5499].map(confidenceBand)).toEqual(['high', 'medium', 'medium', 'low']);
  });
});
