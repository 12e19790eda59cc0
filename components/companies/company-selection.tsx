'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

type Selection = {
  /** Ids of the chosen companies, also of those on other pages. */
  chosen: ReadonlySet<string>;
  choose: (ids: readonly string[], isChosen: boolean) => void;
  clear: () => void;
};

const SelectionContext = createContext<Selection | null>(null);

/** Keeps which companies are chosen while the list below is searched and paged through. */
export function CompanySelectionProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selection = useMemo<Selection>(
    () => ({
      chosen,
      choose: (ids, isChosen) =>
        setChosen((before) => {
          const after = new Set(before);
          for (const id of ids) {
            if (isChosen) after.add(id);
            else after.delete(id);
          }
          return after;
        }),
      clear: () => setChosen(new Set()),
    }),
    [chosen],
  );
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

export function useCompanySelection(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error('useCompanySelection needs a CompanySelectionProvider around it');
  return selection;
}
