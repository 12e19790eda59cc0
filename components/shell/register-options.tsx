import { Command } from 'cmdk';
import { Landmark } from 'lucide-react';
import { useState } from 'react';
import { FEW_COMPANIES, isSearchable, useRegisterSearch } from '@/components/companies/use-register-search';
import { ApiError } from '@/components/http/api-fetch';
import { Badge } from '@/components/ui/badge';
import type { RegisterCompany } from '@/lib/companies/schema';

const SHOWN = 8;

export type RegisterOptions = {
  text: string;
  /** Companies that are not listed already; empty while they are being looked for. */
  found: readonly RegisterCompany[];
  /** Asks the register; null when it is asked by itself, or cannot be for this text. */
  ask: (() => void) | null;
  /** What is going on, or what came of it where that is no company; '' for nothing. */
  state: string;
};

/**
 * What the register has under a text of the quick search.
 * @param listed numbers that are listed already; null while they are being looked for.
 */
export function useRegisterOptions(text: string, listed: readonly string[] | null): RegisterOptions {
  const [pressedFor, setPressedFor] = useState<string | null>(null);
  const isPossible = listed !== null && isSearchable(text);
  const wanted = isPossible && (listed.length < FEW_COMPANIES || pressedFor === text);
  const { data, error, isFetching } = useRegisterSearch(text, wanted, SHOWN);
  if (!wanted) return { text, found: [], ask: isPossible ? () => setPressedFor(text) : null, state: '' };
  if (isFetching) return { text, found: [], ask: null, state: 'Searching the register…' };
  const found = data?.items.filter(({ id }) => !listed.includes(id)) ?? [];
  return { text, found, ask: null, state: error ? failureText(error) : resultText(found.length) };
}

type RegisterGroupProps = {
  options: RegisterOptions;
  groupClass: string;
  itemClass: string;
  onOpen: (companyNumber: string) => void;
};

/** Stands below all other options, so that none of them moves when the register answers. */
export function RegisterGroup({ options: { text, found, ask }, groupClass, itemClass, onOpen }: RegisterGroupProps) {
  if (found.length === 0 && ask === null) return null;
  return (
    <Command.Group heading="On the register" className={groupClass}>
      {ask !== null && (
        <Command.Item value="ask-register" onSelect={ask} className={itemClass}>
          <Landmark aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <span className="min-w-0 truncate">Search Companies House for “{text}”</span>
        </Command.Item>
      )}
      {found.map(({ id, name, is_demo: isDemo }) => (
        <Command.Item key={id} value={id} onSelect={() => onOpen(id)} className={itemClass}>
          <Landmark aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <span className="min-w-0 truncate">{name}</span>
          {isDemo && <Badge tone="accent">Demo</Badge>}
          <span className="ml-auto shrink-0 text-muted-foreground text-xs">{id}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function failureText(error: Error): string {
  return `The register could not be asked. ${error instanceof ApiError ? error.detail : 'Try again in a moment.'}`;
}

function resultText(found: number): string {
  return found === 0 ? 'Companies House has no others under this name or number.' : '';
}
