import { Badge, type BadgeTone } from '@/components/ui/badge';

/** Register status words that need attention; everything else is calm. */
const TROUBLED = /liquidation|administration|receivership|insolvency|strike[- ]off|voluntary[- ]arrangement/i;
const ENDED = /dissolved|closed|converted|removed/i;

type CompanyStatusBadgeProps = {
  /** The register's words, such as "Active". */
  status: string | null;
};

export function CompanyStatusBadge({ status }: CompanyStatusBadgeProps) {
  if (status === null) return <Badge tone="outline">Status unknown</Badge>;
  return <Badge tone={toneOf(status)}>{status}</Badge>;
}

export function DemoBadge() {
  return (
    <Badge tone="accent" title="Invented for trying things out. No such company exists.">
      Demo
    </Badge>
  );
}

function toneOf(status: string): BadgeTone {
  if (TROUBLED.test(status)) return 'warning';
  if (ENDED.test(status)) return 'danger';
  return /active|open|registered/i.test(status) ? 'success' : 'neutral';
}
