import { expect, test } from 'vitest';
import { brier, calibrationError } from '@/scripts/evaluate/calibration';

const judged = (confidence: number, right: number, wrong: number) => [
  ...Array.from({ length: right }, () => ({ confidence, right: true })),
  ...Array.from({ length: wrong }, () => ({ confidence, right: false })),
];

test('a confidence that is right as often as it says has no calibration error', () => {
  expect(calibrationError([...judged(0.75, 3, 1), ...judged(0.25, 1, 3)])).toBeCloseTo(0, 10);
});

test('a confidence that promises too much, or too little, has the difference as its error', () => {
  expect(calibrationError(judged(0.9, 1, 1))).toBeCloseTo(0.4, 10);
  expect(calibrationError(judged(0.5, 4, 0))).toBeCloseTo(0.5, 10);
});

test('the Brier score is nothing for foresight and one for its opposite', () => {
  expect(brier([...judged(1, 2, 0), ...judged(0, 0, 2)])).toBe(0);
  expect(brier(judged(1, 0, 3))).toBe(1);
});
