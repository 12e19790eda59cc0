import { formatMinute } from '@/components/format/format-value';
import { Button } from '@/components/ui/button';
import { Label } from '@/components/ui/label';
import { Select } from '@/components/ui/select';
import type { ReportSummary } from '@/lib/research/report-repository';

type ReportChoiceProps = { others: readonly ReportSummary[]; chosenId: string };

/** Which report to compare with: an ordinary form, so that the choice stands in the address. */
export function ReportChoice({ others, chosenId }: ReportChoiceProps) {
  return (
    <form className="mb-6 flex flex-wrap items-end gap-3">
      <div className="flex flex-col gap-1.5">
        <Label htmlFor="compare-with">Compare with the report of</Label>
        <Select id="compare-with" name="with" defaultValue={chosenId} key={chosenId}>
          {others.map(({ id, created_at }) => (
            <option key={id} value={id}>
              {formatMinute(created_at)}
            </option>
          ))}
        </Select>
      </div>
      <Button type="submit">Compare</Button>
    </form>
  );
}
