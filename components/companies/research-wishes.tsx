'use client';

import { SlidersHorizontal } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { ResearchWishes } from '@/components/jobs/use-start-job';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog, DialogContent, DialogTitle } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Label } from '@/components/ui/label';
import { Textarea } from '@/components/ui/textarea';

const AREAS = [
  'Growth',
  'Finances',
  'Hiring',
  'Technology',
  'Risk',
  'Ownership',
  'People in charge',
  'Public contracts',
];
const MAX_AREAS = 10;
const MAX_AREA_LENGTH = 100;
const MAX_CONTEXT_LENGTH = 2_000;

type ResearchWishesProps = { pending: boolean; onStart: (wishes: ResearchWishes) => void };

/** Research with a say in what comes first: focus areas and what the reader sells. */
export function ResearchWishesDialog({ pending, onStart }: ResearchWishesProps) {
  const [open, setOpen] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setOpen(false);
    onStart(readWishes(new FormData(event.currentTarget)));
  };
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <Button disabled={pending} onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden />
        Focus
      </Button>
      <DialogContent aria-describedby={undefined} className="p-5">
        <DialogTitle>What matters to you?</DialogTitle>
        <p className="mt-1 text-muted-foreground text-sm">
          This decides what the report puts first and which openers and questions it suggests. It adds no facts.
        </p>
        <form onSubmit={submit} className="mt-4 flex flex-col gap-4">
          <WishFields />
          <div className="flex justify-end gap-2">
            <Button type="button" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button type="submit" variant="primary">
              Start research
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function WishFields() {
  const id = useId();
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 font-medium text-sm">Focus areas</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {AREAS.map((area) => (
            <div key={area} className="flex items-center gap-2">
              <Checkbox id={`${id}-${area}`} name="area" value={area} />
              <Label htmlFor={`${id}-${area}`}>{area}</Label>
            </div>
          ))}
        </div>
      </fieldset>
      <Field label="Others" name="others" hint="Separated by commas" maxLength={400} autoComplete="off" />
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={`${id}-context`}>What you sell, and why this company</Label>
        <Textarea id={`${id}-context`} name="context" rows={3} maxLength={MAX_CONTEXT_LENGTH} />
      </div>
    </>
  );
}

/** Only what was given, within what the service takes. */
export function readWishes(form: FormData): ResearchWishes {
  const others = String(form.get('others') ?? '').split(',');
  const areas = [...form.getAll('area').map(String), ...others].map((area) => area.trim().slice(0, MAX_AREA_LENGTH));
  const chosen = [...new Set(areas.filter((area) => area !== ''))].slice(0, MAX_AREAS);
  const context = String(form.get('context') ?? '').trim();
  return { ...(chosen.length > 0 && { focus_areas: chosen }), ...(context !== '' && { user_context: context }) };
}
