import { toDay, writtenDay } from '@/lib/companies/register/calendar';
import { describedBy, filedOn, hasType, placed, valueDay, valueText } from '@/lib/companies/register/filing-values';
import type { Filing } from '@/lib/sources/companies-house/schema';
import { citeFiling, type Detector, toSignal } from '../detector';

const CERTIFICATE = new Set(['CERTNM']);
/** "Company name changed old name LTD\certificate issued on 20/01/23". */
const OLD_NAME = /^company name changed\s+(.+?)\s*(?:[\\,]+\s*)?certificate issued/i;
const ISSUED_ON = /certificate issued on (\d{2})\/(\d{2})\/(\d{2})\b/i;

/** Changes of name, dated by the certificate. */
export const nameChange: Detector = {
  name: 'name_change',
  label: 'a change of name',
  type: 'financial_event',
  needs: ['companies_house.filing_history'],
  uses: [],
  detect: (register) =>
    placed(register.filings).flatMap((item) => {
      const { filing } = item;
      if (!hasType(filing, CERTIFICATE) && !describedBy(filing, /^certificate-change-of-name-company/)) return [];
      const happenedOn =
        issuedOn(filing) ?? valueDay(filing, 'change_date') ?? toDay(filing.action_date) ?? filedOn(filing);
      if (happenedOn === null) return [];
      const oldName = valueText(filing, 'description')?.match(OLD_NAME)?.[1] ?? null;
      return toSignal(register, {
        ...citeFiling(item),
        kind: 'name_change',
        title: `Company renamed on ${writtenDay(happenedOn)}${oldName === null ? '' : `, formerly ${oldName}`}`,
        why: 'A new name can mean a new owner, a new direction or an attempt to leave a reputation behind.',
        happenedOn,
      });
    }),
};

/** The day of the certificate; its year has two digits, so the filing's century is used. */
function issuedOn(filing: Filing): string | null {
  const [, day, month, year] = valueText(filing, 'description')?.match(ISSUED_ON) ?? [];
  const century = filedOn(filing)?.slice(0, 2);
  if (day === undefined || month === undefined || year === undefined || century === undefined) return null;
  return toDay(`${century}${year}-${month}-${day}`);
}
