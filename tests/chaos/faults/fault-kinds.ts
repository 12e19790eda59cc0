/** What is done to the system while it works. The last two are done by the clients rather than to the machines. */
export const FAULT_KINDS = [
  'worker-kill',
  'worker-stop',
  'web-kill',
  'rolling-deploy',
  'redis-restart',
  'redis-flush',
  'redis-pause',
  'connection-reset',
  'database-restart',
  'database-crash',
  'provider-errors',
  'provider-slow',
  'provider-hang',
  'provider-reset',
  'provider-limit',
  'clock-jump',
  'cancel',
  'duplicate',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];
export type ClientFaultKind = 'cancel' | 'duplicate';
export type MachineFaultKind = Exclude<FaultKind, ClientFaultKind>;

export function isMachineFault(kind: FaultKind): kind is MachineFaultKind {
  return kind !== 'cancel' && kind !== 'duplicate';
}
