import type { SignalStrength, SignalType } from './schema';

/**
 * What each kind of signal is worth, one line each (design note "Signal catalogue").
 *
 * Confidence is how sure it is that the event is what the title says: 0.95 for a change of director, which the form
 * itself states; 0.90 for what the register records about borrowing, accounts and proceedings; 0.55 for an allotment,
 * because shares can be issued without money coming in, and 0.95 where the news
 * reports the funding as well; 0.85 for growth in people, whom accounts give as an average; 0.40 for a charge that is not lending; 0.30 for a new
 * registered office, which is often the accountant's; 0.75 for what appeared
 * between two readings; 0.60 for what one outlet reports, 0.80 for several. Strength is how
 * much it should move a salesperson.
 */
export const SIGNAL_KINDS = {
  share_allotment: kind('funding', 0.55, 'medium', 180),
  share_allotment_with_resolution: kind('funding', 0.65, 'high', 180),
  share_allotment_in_the_news: kind('funding', 0.95, 'high', 180),
  director_appointed: kind('executive_change', 0.95, 'high', 120),
  director_left: kind('executive_change', 0.95, 'medium', 120),
  secured_borrowing: kind('financial_event', 0.9, 'high', 180),
  security_not_lending: kind('financial_event', 0.4, 'low', 180),
  charge_satisfied: kind('financial_event', 0.9, 'medium', 180),
  year_end_change: kind('financial_event', 0.9, 'low', 120),
  overdue_filing: kind('financial_event', 0.9, 'medium', 120),
  strike_off_notice: kind('financial_event', 0.9, 'high', 120),
  strike_off_stopped: kind('financial_event', 0.9, 'medium', 120),
  equity_turned_negative: kind('financial_event', 0.9, 'high', 120),
  equity_turned_positive: kind('financial_event', 0.9, 'medium', 120),
  turnover_growth: kind('financial_event', 0.9, 'medium', 120),
  turnover_drop: kind('financial_event', 0.9, 'medium', 120),
  headcount_drop: kind('financial_event', 0.9, 'medium', 120),
  headcount_growth: kind('expansion', 0.85, 'medium', 120),
  insolvency: kind('financial_event', 0.9, 'high', 365),
  name_change: kind('financial_event', 0.9, 'low', 120),
  office_move: kind('expansion', 0.3, 'low', 120),
  uk_establishment: kind('expansion', 0.85, 'medium', 180),
  contract_award: kind('expansion', 0.9, 'high', 180),
  hiring_wave: kind('hiring', 0.9, 'medium', 45),
  tool_in_job_adverts: kind('technology_adoption', 0.55, 'low', 120),
  technology_appeared: kind('technology_adoption', 0.75, 'medium', 120),
  new_job_location: kind('expansion', 0.75, 'medium', 120),
  funding_reported: kind('funding', 0.6, 'medium', 180),
  funding_confirmed: kind('funding', 0.8, 'high', 180),
  expansion_reported: kind('expansion', 0.6, 'medium', 120),
  expansion_confirmed: kind('expansion', 0.8, 'high', 120),
  executive_reported: kind('executive_change', 0.6, 'medium', 120),
  executive_confirmed: kind('executive_change', 0.8, 'medium', 120),
} as const;

/** Taken off when the filing states no day and the day of filing stands in for it. */
export const UNSTATED_DAY_PENALTY = 0.1;
/** Taken off when a second filing has corrected the first, or when other events of that day make it doubtful. */
export const DOUBT_PENALTY = 0.1;

export type SignalKind = keyof typeof SIGNAL_KINDS;

type KindFacts = { type: SignalType; confidence: number; strength: SignalStrength; expiresAfterDays: number };

function kind(type: SignalType, confidence: number, strength: SignalStrength, expiresAfterDays: number): KindFacts {
  return { type, confidence, strength, expiresAfterDays };
}
