import type { JobContext, JobStep } from '@/lib/queue/job-context';
import type { CompanyScore } from '@/lib/scoring/schema';
import type { SignalDetection } from '@/lib/signals/schema';
import type { Violation } from './checks/document-index';
import type { ResearchedCompany } from './draft/section-draft';
import type { Gap, SectionFragment, SectionId, Sentence, Statement } from './schema';

/** What a writer is given for one section, and nothing but this. */
export type SectionWriting = {
  section: SectionId;
  title: string;
  company: ResearchedCompany;
  /** The sentences of the templates, which passed their checks. */
  sentences: readonly Sentence[];
  /** Those of the section, and earlier ones that its sentences cite. */
  statements: readonly Statement[];
  gaps: readonly Gap[];
  focusAreas: readonly string[];
  userContext: string | null;
  /** What in a sentence is not supported by what it cites. */
  check(sentence: Sentence): readonly Violation[];
};

/** What research may use. Signals and the score come from their own domains, handed in by the processor. */
export type ResearchContext = Pick<JobContext, 'signal' | 'now' | 'sources' | 'savedSections'> & {
  detectSignals(): Promise<SignalDetection>;
  scoreCompany(): Promise<CompanyScore>;
  /** Called as each section is finished, in order; `progress` is 0 to 100. */
  onSection(fragment: SectionFragment, step: JobStep, progress: number): Promise<void>;
  /** Told of sentences that were left out because they failed a check; by default that is logged. */
  onDropped?: (violations: readonly Violation[]) => void;
  /** Words a section anew; without it the sentences of the templates stay. Throws for an abort only. */
  writeSection?: (writing: SectionWriting) => Promise<readonly Sentence[]>;
  /** The model that was asked for the report, and its cost in US dollars. */
  modelUse?: () => { model: string | null; costUsd: number | null };
};

export type ResearchInput = {
  companyId: string;
  companyName: string;
  reportId: string;
  /** Invented demo data; the report says so. */
  isDemo: boolean;
  focusAreas?: readonly string[] | undefined;
  userContext?: string | undefined;
};
