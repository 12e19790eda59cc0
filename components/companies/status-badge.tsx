import { Badge, type BadgeTone } from '@/components/ui/badge';

/** Register status words that call for attention; everything else is calm. */
const INSOLVENT = /liquidation|administration|receivership|insolvency|voluntary[- ]arrangement/i;
const STRIKE_OFF = /strike[- ]off/i;
const LIVING = /active|open|registered/i;

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
  if (INSOLVENT.test(status)) return 'danger';
  if (STRIKE_OFF.test(status)) return 'warning';
  return LIVING.test(status) ? 'success' : 'neutral';
}
