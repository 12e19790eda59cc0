'use client';

import { type MouseEvent, useRef } from 'react';
import type { BatchFilter } from '@/types/batches';
import { CompanyList } from './company-list';
import { useCompanySelection } from './company-selection';
import type { CompanyView } from './company-view';
import { SelectionBar } from './selection-bar';

type SelectableCompaniesProps = {
  companies: readonly CompanyView[];
  filter: BatchFilter;
  /** How many companies the search has found; null when there is more than this page. */
  found: number | null;
};

/** A page of companies to open or to choose from; what is chosen, or all that was found, can be worked on together. */
export function SelectableCompanies({ companies, filter, found }: SelectableCompaniesProps) {
  const { chosen, choose } = useCompanySelection();
  const last = useRef<number | null>(null);
  /** With the shift key down everything from the last one on follows. */
  const toggle = (index: number, event: MouseEvent<HTMLInputElement>) => {
    const from = event.shiftKey && last.current !== null ? last.current : index;
    last.current = index;
    const range = companies.slice(Math.min(from, index), Math.max(from, index) + 1);
    choose(
      range.map(({ id }) => id),
      event.currentTarget.checked,
    );
  };
  return (
    <>
      <SelectionBar page={companies.map(({ id }) => id)} filter={filter} found={found} />
      <CompanyList companies={companies} chosen={chosen} onToggle={toggle} />
    </>
  );
}
