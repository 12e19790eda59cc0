import { describe, expect, test } from 'vitest';
import { readWishes } from '@/components/companies/research-wishes';
import { researchPayloadSchema } from '@/lib/queue/queues/research-queue';

function formOf(entries: [string, string][]): FormData {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
}

describe('what is asked of a research', () => {
  test('holds the areas that were chosen or written, each once, and the context', () => {
    const form = formOf([
      ['area', 'Growth'],
      ['area', 'Risk'],
      ['others', ' exports, Risk ,,'],
      ['context', ' We sell ovens. '],
    ]);
    expect(readWishes(form)).toEqual({ focus_areas: ['Growth', 'Risk', 'exports'], user_context: 'We sell ovens.' });
  });

  test('is nothing when nothing was given', () => {
    expect(readWishes(formOf([['others', ' , ']]))).toEqual({});
  });

  test('never holds more than the service takes', () => {
    const others = Array.from({ length: 30 }, (_, index) => `${index}${'x'.repeat(200)}`).join(',');
    const payload = {
      user_id: crypto.randomUUID(),
      company_id: '00000006',
      ...readWishes(formOf([['others', others]])),
    };
    expect(researchPayloadSchema.safeParse(payload).success).toBe(true);
  });
});
