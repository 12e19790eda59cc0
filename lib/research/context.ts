import type { JobContext, JobStep } from '@/lib/queue/job-context';
import type { CompanyScore } from '@/lib/scoring/schema';
import type { SignalDetection } from '@/lib/signals/schema';
import type { Violation } from './checks/document-index';
import type { SectionFragment } from './schema';

/** What research may use. Signals and the score come from their own domains, handed in by the processor. */
export type ResearchContext = Pick<JobContext, 'signal' | 'now' | 'sources' | 'savedSections'> & {
  detectSignals(): Promise<SignalDetection>;
  scoreCompany(): Promise<CompanyScore>;
  /** Called as each section is finished, in order; `progress` is 0 to 100. */
  onSection(fragment: SectionFragment, step: JobStep, progress: number): Promise<void>;
  /** Told of sentences that were left out because they failed a check; by default that is logged. */
  onDropped?: (violations: readonly Violation[]) => void;
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
