import { FileText, Gauge, Radar } from 'lucide-react';
import type { ReactNode } from 'react';
import { Completeness } from '@/components/companies/completeness';
import { FactGroups } from '@/components/companies/fact-list';
import { EvidenceButton } from '@/components/evidence/evidence-button';
import { RelativeTime } from '@/components/format/relative-time';
import { ReportList } from '@/components/report/report-list';
import { ScorePanel } from '@/components/scoring/score-panel';
import { toScoreView } from '@/components/scoring/score-view';
import { SignalItem } from '@/components/signals/signal-item';
import { Card, CardContent, CardHeader, CardTitle } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { listCompanyFacts } from '@/lib/companies/company-repository';
import type { Company } from '@/lib/companies/schema';
import { listJobs } from '@/lib/queue/status/job-list';
import { listReports } from '@/lib/research/report-repository';
import { latestScore } from '@/lib/scoring/score-repository';
import { listCompanySignals } from '@/lib/signals/signal-repository';
import { userClient } from '@/lib/supabase/user-client';
import { signedInUser } from '../../signed-in-user';
import { toReportListItem } from '../../to-report-list-item';
import { toFactGroups } from '../to-fact-views';
import { toSignalEvidence, toSignalView } from '../to-signal-view';

const REPORTS_SHOWN = 10;

type PanelProps = { id: string; title: string; aside?: ReactNode; children: ReactNode };

export function Panel({ id, title, aside, children }: PanelProps) {
  return (
    <Card id={id} aria-labelledby={`${id}-title`}>
      <CardHeader>
        <CardTitle id={`${id}-title`}>{title}</CardTitle>
        {aside}
      </CardHeader>
      {children}
    </Card>
  );
}

export async function FactsPanel({ company }: { company: Company }) {
  const facts = await listCompanyFacts(await client(), company.id);
  return (
    <Panel
      id="facts"
      title="Facts"
      aside={<Completeness share={company.completeness} enrichedAt={company.enriched_at} />}
    >
      <FactGroups groups={toFactGroups(company, facts)} />
    </Panel>
  );
}

export async function ReportsPanel({ companyId }: { companyId: string }) {
  const reports = await listReports(await client(), { limit: REPORTS_SHOWN, companyId });
  return (
    <Panel id="reports" title="Reports">
      {reports.length > 0 ? (
        <ReportList reports={reports.map(toReportListItem)} naming="time" />
      ) : (
        <EmptyState icon={FileText} title="No report yet" className="py-8">
          Press Research: eight sections, every sentence with its source.
        </EmptyState>
      )}
    </Panel>
  );
}

export async function SignalsPanel({ companyId }: { companyId: string }) {
  const [signals, lastLook] = await Promise.all([
    listCompanySignals(await client(), companyId),
    lastSignalsJob(companyId),
  ]);
  return (
    <Panel id="signals" title="Signals">
      {signals.length > 0 ? (
        <ul aria-label="Signals" className="divide-y">
          {signals.map((signal) => (
            <SignalItem
              key={signal.id}
              signal={toSignalView(signal)}
              evidence={toSignalEvidence(signal).map((place) => (
                <EvidenceButton
                  key={place.url + place.excerpts[0]?.locator}
                  label={`Evidence for: ${signal.title} (${place.title})`}
                  evidence={place}
                >
                  evidence
                </EvidenceButton>
              ))}
            />
          ))}
        </ul>
      ) : (
        <NoSignals lastLook={lastLook} />
      )}
    </Panel>
  );
}

/** "Nobody looked" and "somebody looked and there was nothing" are different answers. */
function NoSignals({ lastLook }: { lastLook: string | null }) {
  if (lastLook === null) {
    return (
      <EmptyState icon={Radar} title="Nobody has looked yet" className="py-8">
        Press Find signals to look through filings, adverts, contract awards and news. Funding, new people, hiring and
        moves show up here.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Radar} title="No signal found" className="py-8">
      Last looked <RelativeTime value={lastLook} />.
    </EmptyState>
  );
}

/** When the user's latest finished search for signals ended. */
async function lastSignalsJob(companyId: string): Promise<string | null> {
  const filter = { company_id: companyId, queue: 'buying-signals', status: 'completed', limit: 1 } as const;
  const user = await signedInUser();
  const { items } = await listJobs(userClient(user.accessToken), user.id, filter);
  return items[0]?.finished_at ?? null;
}

export async function ScorePanelCard({ companyId }: { companyId: string }) {
  const score = await latestScore(await client(), companyId);
  return (
    <Panel
      id="score"
      title="Score"
      aside={
        score && (
          <RelativeTime value={score.created_at} title="Scored" className="text-[0.8125rem] text-muted-foreground" />
        )
      }
    >
      {score ? (
        <CardContent>
          <ScorePanel score={toScoreView(score.document)} />
        </CardContent>
      ) : (
        <EmptyState icon={Gauge} title="Not scored yet" className="py-8">
          Press Score. Each rule is shown with its evidence, and what cannot be judged is left out.
        </EmptyState>
      )}
    </Panel>
  );
}

async function client() {
  return userClient((await signedInUser()).accessToken);
}
