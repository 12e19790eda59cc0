import fs from 'node:fs';
import { z } from 'zod';
import { classifyBusiness } from '@/lib/research/classify/classify';
import { CLASSIFIED_FIELDS, type Passage } from '@/lib/research/classify/fields';
import { statementConfidence } from '@/lib/research/confidence';
import { sharedData } from '@/tests/support/shared-data';
import type { ClassificationResult } from './classification';

const FOLDER = ['filed-narratives-gold', 'business_profiles'] as const;
const FILED_TEXT = 0.9;

const goldSchema = z.object({
  company_number: z.string(),
  sic_code: z.string(),
  sections: z.record(z.string(), z.string().nullable()),
  expected: z.record(z.string(), z.json()),
});
const labelSchema = z.object({ value: z.string() });

export type GoldProfile = z.infer<typeof goldSchema>;
type Compared = { field: string; company: string; said: string; gold: string; confidence: number; verbatim: boolean };

/** The labelled profiles for development, by company number. */
export function goldProfiles(): GoldProfile[] {
  return fs
    .readdirSync(sharedData(...FOLDER))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => goldSchema.parse(JSON.parse(fs.readFileSync(sharedData(...FOLDER, name), 'utf8'))));
}

/** The filed sections as the classifier gets them, those on the activity first. */
export function goldPassages({ sections }: GoldProfile): Passage[] {
  const kinds = {
    principal_activity: 'activity',
    strategic_report: 'narrative',
    business_review: 'narrative',
    directors_report: 'narrative',
    future_developments: 'narrative',
    principal_risks: 'narrative',
    turnover_note: 'turnover',
  } as const;
  return Object.entries(kinds).flatMap(([id, kind]) => (sections[id] ? [{ id, kind, text: sections[id] }] : []));
}

/** Classifies each profile and compares every field with its label. */
export function compareProfiles(profiles: readonly GoldProfile[]): Compared[] {
  return profiles.flatMap((profile) => {
    const result = classifyBusiness(goldPassages(profile), [profile.sic_code]);
    return CLASSIFIED_FIELDS.map((field) => {
      const { value = 'unclear', quote = null, confidence = 0 } = result?.[field] ?? {};
      return {
        field,
        company: profile.company_number,
        said: value,
        gold: labelSchema.parse(profile.expected[field]).value,
        confidence: statementConfidence([[FILED_TEXT]], 'classified', confidence),
        verbatim: quote === null || (profile.sections[quote.passage] ?? '').includes(quote.text),
      };
    });
  });
}

/** E8 over the labelled profiles: quotes, and per field macro-F1 and the lift over always saying the commonest value. */
export function evaluateClassification(profiles: readonly GoldProfile[] = goldProfiles()): ClassificationResult {
  const compared = compareProfiles(profiles);
  const fieldsOf = (of: readonly GoldProfile[]) => scoresOf(compareProfiles(of));
  return {
    quotes: { passed: compared.filter(({ verbatim }) => verbatim).length, total: compared.length },
    fields: scoresOf(compared),
    halves: [0, 1].map((half) => meanOf(fieldsOf(profiles.filter((_, index) => index % 2 === half)))),
    judged: compared.map(({ confidence, said, gold }) => ({ confidence, right: said === gold })),
  };
}

function scoresOf(compared: readonly Compared[]) {
  return CLASSIFIED_FIELDS.map((field) =>
    scoreOf(
      field,
      compared.filter((entry) => entry.field === field),
    ),
  );
}

function meanOf(scores: readonly { macroF1: number; accuracy: number }[]) {
  const sum = (pick: (score: { macroF1: number; accuracy: number }) => number) =>
    scores.reduce((total, score) => total + pick(score), 0) / Math.max(1, scores.length);
  return { macroF1: sum(({ macroF1 }) => macroF1), accuracy: sum(({ accuracy }) => accuracy) };
}

function scoreOf(field: string, compared: readonly Compared[]) {
  const values = [...new Set(compared.map(({ gold }) => gold))];
  const counts = values.map((value) => compared.filter(({ gold }) => gold === value).length);
  const total = compared.length;
  return {
    field,
    total,
    macroF1: values.reduce((sum, value) => sum + f1(compared, value), 0) / Math.max(1, values.length),
    accuracy: compared.filter(({ said, gold }) => said === gold).length / Math.max(1, total),
    majorityAccuracy: Math.max(0, ...counts) / Math.max(1, total),
  };
}

/** The harmonic mean of precision and recall for one value. */
function f1(compared: readonly Compared[], value: string): number {
  const both = compared.filter(({ said, gold }) => said === value && gold === value).length;
  const either =
    compared.filter(({ said }) => said === value).length + compared.filter(({ gold }) => gold === value).length;
  return either === 0 ? 0 : (2 * both) / either;
}
