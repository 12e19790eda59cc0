import { Command } from 'cmdk';
import { Landmark } from 'lucide-react';
import { useState } from 'react';
import { FEW_COMPANIES, isSearchable, useRegisterSearch } from '@/components/companies/use-register-search';
import { ApiError } from '@/components/http/api-fetch';
import { Badge } from '@/components/ui/badge';

const SHOWN = 8;

type RegisterOptionsProps = {
  text: string;
  /** Numbers that are listed already; null while they are being looked for. */
  listed: readonly string[] | null;
  groupClass: string;
  itemClass: string;
  onOpen: (companyNumber: string) => void;
};

/** What the register has under the text, as options of the quick search below all others, so that none of them moves. */
export function RegisterOptions({ text, listed, groupClass, itemClass, onOpen }: RegisterOptionsProps) {
  const [pressedFor, setPressedFor] = useState<string | null>(null);
  const wanted = listed !== null && (listed.length < FEW_COMPANIES || pressedFor === text);
  const { data, error, isFetching, isSettled } = useRegisterSearch(text, wanted, SHOWN);
  if (listed === null || !isSearchable(text)) return null;
  const found = wanted && isSettled ? data?.items.filter(({ id }) => !listed.includes(id)) : undefined;
  return (
    <Command.Group heading="On the register" className={groupClass}>
      {!wanted && (
        <Command.Item value="ask-register" onSelect={() => setPressedFor(text)} className={itemClass}>
          <Landmark aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <span className="min-w-0 truncate">Search Companies House for “{text}”</span>
        </Command.Item>
      )}
      {found?.map(({ id, name, is_demo: isDemo }) => (
        <Command.Item key={id} value={id} onSelect={() => onOpen(id)} className={itemClass}>
          <Landmark aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <span className="min-w-0 truncate">{name}</span>
          {isDemo && <Badge tone="accent">Demo</Badge>}
          <span className="ml-auto shrink-0 text-muted-foreground text-xs">{id}</span>
        </Command.Item>
      ))}
      <p aria-live="polite" className="px-3 text-muted-foreground text-sm [&:not(:empty)]:py-2">
        {wanted && stateText({ error, isFetching: isFetching || !isSettled, found: found?.length })}
      </p>
    </Command.Group>
  );
}

type State = { error: Error | null; isFetching: boolean; found: number | undefined };

function stateText({ error, isFetching, found }: State): string {
  if (isFetching) return 'Searching the register…';
  if (error) {
    return `The register could not be asked. ${error instanceof ApiError ? error.detail : 'Try again in a moment.'}`;
  }
  return found === 0 ? 'Companies House has no others under this name or number.' : '';
}
