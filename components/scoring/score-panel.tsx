import { ChevronRight } from 'lucide-react';
import { EvidenceButton } from '@/components/evidence/evidence-button';
import { formatNumber, formatPercent } from '@/components/format/format-value';
import { Badge } from '@/components/ui/badge';
import { Progress } from '@/components/ui/progress';
import { componentName, type ScoreComponentView, type ScoreReason, type ScoreView } from './score-view';

/** A lead score with everything it stands on: each component as a bar, each rule with its evidence. */
export function ScorePanel({ score }: { score: ScoreView }) {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-baseline gap-3">
        <p className="font-semibold text-3xl tracking-tight">
          {score.overall === null ? '—' : Math.round(score.overall)}
          {score.overall !== null && <span className="ml-1 font-normal text-muted-foreground text-sm">of 100</span>}
        </p>
        <p className="min-w-0 text-pretty text-muted-foreground">
          {score.verdict ?? (score.overall === null ? 'Not enough evidence for a number.' : null)}
        </p>
      </div>
      <p className="text-[0.8125rem] text-muted-foreground">
        Based on {formatPercent(score.coverage)} of the weights. A part without evidence is left out, not guessed.
      </p>
      {score.caps.map((cap) => (
        <p
          key={cap.text}
          className="flex flex-wrap items-baseline gap-x-2 rounded-md bg-warning-soft px-3 py-2 text-warning-text"
        >
          {cap.text} <Evidence reason={cap} tone="text-warning-text" />
        </p>
      ))}
      <ul className="flex flex-col divide-y">
        {score.components.map((component) => (
          <li key={component.name} className="py-1">
            <ScoreComponent component={component} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ScoreComponent({ component }: { component: ScoreComponentView }) {
  const name = componentName(component.name);
  if (component.score === null) {
    return (
      <div className="flex flex-col gap-1 py-2">
        <div className="flex items-center gap-3">
          <p className="font-medium text-[0.8125rem]">{name}</p>
          <Badge className="ml-auto">Not scored</Badge>
        </div>
        {component.reason && <p className="text-pretty text-[0.8125rem] text-muted-foreground">{component.reason}</p>}
      </div>
    );
  }
  return (
    <details className="group">
      <summary className="flex list-none flex-col gap-1.5 rounded-md py-2 [&::-webkit-details-marker]:hidden">
        <span className="flex items-center gap-2 text-[0.8125rem]">
          <ChevronRight
            aria-hidden
            className="size-3.5 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
          />
          <span className="font-medium">{name}</span>
          <span className="text-muted-foreground text-xs">weight {formatPercent(component.weight)}</span>
          <span className="ml-auto font-medium">{Math.round(component.score)}</span>
        </span>
        <Progress value={component.score} label={`${name}, points of 100`} tone={barTone(component.score)} />
      </summary>
      <ul className="flex flex-col gap-2 pt-1 pb-2 pl-5.5">
        {component.rules.map((rule) => (
          <li key={rule.text} className="flex gap-3 text-[0.8125rem]">
            <span className="w-9 shrink-0 text-right font-medium">{signed(rule.points)}</span>
            <span className="min-w-0 text-pretty">
              {rule.text} <Evidence reason={rule} />
            </span>
          </li>
        ))}
      </ul>
      <p className="pb-2 pl-5.5 text-muted-foreground text-xs">
        {formatNumber(pointsOf(component))} of the {formatNumber(component.reachable)} points that these rules can give.
      </p>
    </details>
  );
}

function Evidence({ reason, tone }: { reason: ScoreReason; tone?: string }) {
  return reason.evidence.map((evidence) => (
    <EvidenceButton
      key={evidence.url}
      label={`Evidence for: ${reason.text}`}
      evidence={evidence}
      {...(tone ? { className: tone } : {})}
    >
      evidence
    </EvidenceButton>
  ));
}

function pointsOf({ rules }: ScoreComponentView): number {
  return rules.reduce((sum, rule) => sum + rule.points, 0);
}

function signed(points: number): string {
  return points > 0 ? `+${formatNumber(points)}` : formatNumber(points);
}

function barTone(score: number): 'success' | 'warning' | 'danger' {
  if (score >= 60) return 'success';
  return score >= 35 ? 'warning' : 'danger';
}
