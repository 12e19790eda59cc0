/** What the clients sent and were told. */
export type Submission = {
  idempotencyKey: string;
  userId: string;
  queue: string;
  companyId: string;
  /** ms since the epoch. */
  sentAt: number;
  answeredAt: number;
  /** Requests until there was an answer. */
  tries: number;
  /** `unanswered`: nothing but errors until the client gave up. */
  outcome: 'accepted' | 'cached' | 'refused' | 'unanswered';
  status: number | null;
  /** Of a refusal. */
  code: string | null;
  jobId: string | null;
};

export type CancelRequest = { jobId: string; sentAt: number; answeredAt: number; status: number };
export type RetryRequest = { jobId: string; sentAt: number; answeredAt: number; status: number };
/** Something a client was told that cannot be true. */
export type Contradiction = { jobId: string; at: number; what: string };
/** The last thing that a client was told about a job, after everything had become quiet. */
export type LastAnswer = { jobId: string; status: number; state: string | null };

export type History = {
  submissions: Submission[];
  cancels: CancelRequest[];
  retries: RetryRequest[];
  contradictions: Contradiction[];
  lastAnswers: LastAnswer[];
  /** Events received over event streams, and streams that were taken up again after a break. */
  streams: { events: number; resumed: number };
};

export function createHistory(): History {
  return {
    submissions: [],
    cancels: [],
    retries: [],
    contradictions: [],
    lastAnswers: [],
    streams: { events: 0, resumed: 0 },
  };
}

/** The jobs that clients were told to be accepted. */
export function acceptedJobIds({ submissions }: Pick<History, 'submissions'>): Set<string> {
  return new Set(submissions.flatMap(({ outcome, jobId }) => (outcome === 'accepted' && jobId ? [jobId] : [])));
}
