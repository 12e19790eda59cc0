import type { JobContext } from '@/lib/queue/job-context';
import type { CompanyScore } from './schema';

export type ScoringContext = Pick<JobContext, 'sources' | 'now' | 'signal'>;
export declare function scoreCompany(ctx: ScoringContext, input: { companyNumber: string }): Promise<CompanyScore>;
