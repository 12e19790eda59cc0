'use client';

import { LogOut, Monitor, Moon, ShieldCheck, Sun, UserRound } from 'lucide-react';
import { useTheme } from 'next-themes';
import { cn } from '@/components/ui/cn';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';

type UserMenuProps = { email: string; isAdmin: boolean; compact?: boolean };

export function UserMenu({ email, isAdmin, compact = false }: UserMenuProps) {
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger
        aria-label={`Account menu of ${email}`}
        className={cn(
          'flex h-9 min-w-0 items-center gap-2.5 rounded-md px-2.5 text-muted-foreground text-sm hover:bg-hover hover:text-foreground',
          compact ? 'w-9 justify-center px-0' : 'w-full',
        )}
      >
        <UserRound aria-hidden className="size-4 shrink-0" />
        {!compact && <span className="truncate">{email}</span>}
      </DropdownMenuTrigger>
      <DropdownMenuContent align={compact ? 'end' : 'start'}>
        <DropdownMenuLabel className="max-w-60 truncate">Signed in as {email}</DropdownMenuLabel>
        <DropdownMenuSeparator />
        <ThemeChoice />
        <DropdownMenuSeparator />
        {isAdmin && (
          <DropdownMenuItem asChild>
            <a href="/admin">
              <ShieldCheck aria-hidden />
              Admin
            </a>
          </DropdownMenuItem>
        )}
        <form action="/auth/sign-out" method="post">
          <DropdownMenuItem asChild onSelect={(event) => event.preventDefault()}>
            <button type="submit" className="w-full">
              <LogOut aria-hidden />
              Sign out
            </button>
          </DropdownMenuItem>
        </form>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenuRadioGroup aria-label="Theme" value={theme ?? 'system'} onValueChange={setTheme}>
      <DropdownMenuRadioItem value="system">
        <Monitor aria-hidden /> Theme of the system
      </DropdownMenuRadioItem>
      <DropdownMenuRadioItem value="light">
        <Sun aria-hidden /> Light
      </DropdownMenuRadioItem>
      <DropdownMenuRadioItem value="dark">
        <Moon aria-hidden /> Dark
      </DropdownMenuRadioItem>
    </DropdownMenuRadioGroup>
  );
}
