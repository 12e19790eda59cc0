import { z } from 'zod';

const text = z.string().nullish();
const links = z.looseObject({ links: z.record(z.string(), z.string()).nullish() }).nullish();

/** One LEI record of the API (JSON:API), with the members that are read; the others stay in the document. */
export const leiRecordSchema = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({
    lei: z.string(),
    entity: z.looseObject({
      legalName: z.looseObject({ name: z.string() }),
      legalAddress: z.looseObject({ city: text, country: text }).nullish(),
      registeredAt: z.looseObject({ id: text }).nullish(),
      registeredAs: text,
      jurisdiction: text,
      status: text,
    }),
    registration: z.looseObject({ status: text, lastUpdateDate: text, corroborationLevel: text }).nullish(),
  }),
  relationships: z.looseObject({ 'direct-parent': links, 'ultimate-parent': links }).nullish(),
});

/** Why a company names no parent. */
export const reportingExceptionSchema = z.looseObject({
  attributes: z.looseObject({ category: text, reason: z.string() }),
});

export const leiListSchema = z.looseObject({ data: z.array(leiRecordSchema) });
export const leiAnswerSchema = z.looseObject({ data: leiRecordSchema });
export const exceptionAnswerSchema = z.looseObject({ data: reportingExceptionSchema });

/** A parent as GLEIF has it: its record, or the reason for which none is reported, or nothing at all. */
const parentSchema = z.object({
  record: leiRecordSchema.nullable(),
  exception: reportingExceptionSchema.nullable(),
});

/** What is kept of GLEIF's answers about one company. */
export const gleifEntitySchema = z.object({
  record: leiRecordSchema,
  direct_parent: parentSchema,
  ultimate_parent: parentSchema,
});

export type LeiRecord = z.infer<typeof leiRecordSchema>;
export type GleifParent = z.infer<typeof parentSchema>;
export type GleifEntity = z.infer<typeof gleifEntitySchema>;
