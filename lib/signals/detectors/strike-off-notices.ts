import { writtenDay } from '@/lib/companies/register/calendar';
import { findStrikeOffEvents, type StrikeOffStep } from '@/lib/companies/register/strike-off';
import { citeFiling, type Detector, toSignal } from '../detector';
import type { SignalKind } from '../kinds';

const STEPS: Record<StrikeOffStep, { kind: SignalKind; what: string; why: string }> = {
  notice_compulsory: {
    kind: 'strike_off_notice',
    what: 'First Gazette notice for compulsory strike-off',
    why: 'The registrar means to strike the company off, usually because filings are missing. It ends unless the company acts.',
  },
  notice_voluntary: {
    kind: 'strike_off_notice',
    what: 'First Gazette notice for voluntary strike-off',
    why: 'The company has asked to be struck off and will be dissolved unless somebody objects.',
  },
  discontinued: {
    kind: 'strike_off_stopped',
    what: 'Strike-off action discontinued',
    why: 'The company has brought its filings up to date or changed its mind: it means to go on.',
  },
  suspended: {
    kind: 'strike_off_stopped',
    what: 'Strike-off action suspended',
    why: 'Somebody has objected, often a creditor. The notice itself still stands.',
  },
};

export const strikeOffNotices: Detector = {
  name: 'strike_off_notices',
  label: 'strike-off notices',
  type: 'financial_event',
  needs: ['companies_house.filing_history'],
  uses: [],
  detect: (register) =>
    findStrikeOffEvents(register.filings).flatMap((event) => {
      const { kind, what, why } = STEPS[event.step];
      return toSignal(register, {
        ...citeFiling(event),
        kind,
        title: `${what} on ${writtenDay(event.happenedOn)}`,
        why,
        happenedOn: event.happenedOn,
      });
    }),
};
