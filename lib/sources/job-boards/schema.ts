import { z } from 'zod';

/** How a board was found to be the company's own. */
export const boardProofSchema = z.object({
  /** `link`: a page of the company leads to it; `own_page`: the company publishes it itself; `name`: asked by name and checked. */
  by: z.enum(['link', 'own_page', 'name']),
  /** The company's page that leads to the board; null when it was asked by name. */
  page: z.string().nullable(),
  /** 0 to 1: how surely the board is this company's. */
  match: z.number().min(0).max(1),
});

export const boardSchema = z.object({
  /** Such as `greenhouse`; `json_ld` for advertisements on the company's own pages. */
  provider: z.string(),
  /** As people call it. */
  title: z.string(),
  /** The page that a person can open. */
  url: z.string(),
  /** What the board calls the company; null where it does not say. */
  company_name: z.string().nullable(),
  proof: boardProofSchema,
  /** Of the provider's answer, hex; null when there was none. */
  sha256: z.string().nullable(),
  /** Why it could not be read; null when it was. */
  unread: z.string().nullable(),
});

/** One role that is advertised, whatever the number of places it is advertised for. */
export const roleSchema = z.object({
  title: z.string(),
  department: z.string().nullable(),
  locations: z.array(z.string()),
  remote: z.boolean().nullable(),
  /** The day on which the role was first advertised; null where the board does not say. */
  first_published: z.iso.date().nullable(),
  url: z.string().nullable(),
  /** Index into `boards`. */
  board: z.int(),
  /** Advertisements that were merged into this role. */
  adverts: z.int(),
  tools: z.array(z.object({ name: z.string(), quote: z.string() })),
});

const tallySchema = z.array(z.object({ name: z.string(), roles: z.int() }));

/** What all boards of a company advertise. Newest role first. */
export const jobBoardRolesSchema = z.object({
  /** Roles after advertisements for several places were merged. */
  total: z.int(),
  /** Roles of which the text of an advertisement could be read. */
  described: z.int(),
  /** The web site that was looked through for boards; null when none is known. */
  site: z.string().nullable(),
  boards: z.array(boardSchema),
  roles: z.array(roleSchema),
  departments: tallySchema,
  locations: tallySchema,
  tools: tallySchema,
});

export type Board = z.infer<typeof boardSchema>;
export type BoardProof = z.infer<typeof boardProofSchema>;
export type Role = z.infer<typeof roleSchema>;
export type JobBoardRoles = z.infer<typeof jobBoardRolesSchema>;
