'use client';

import { Braces, ChevronDown, FileDown, FileText } from 'lucide-react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';

const DOWNLOADS = [
  { format: 'pdf', name: 'PDF', Icon: FileDown },
  { format: 'md', name: 'Markdown', Icon: FileText },
  { format: 'json', name: 'JSON', Icon: Braces },
] as const;

/** What can be done with a finished report besides reading it. */
export function ReportMenu({ reportId }: { reportId: string }) {
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button aria-label="Actions on this report">
          Actions
          <ChevronDown aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>Download</DropdownMenuLabel>
        {DOWNLOADS.map(({ format, name, Icon }) => (
          <DropdownMenuItem key={format} asChild>
            <a href={`/api/reports/${reportId}/export?format=${format}`} download>
              <Icon aria-hidden />
              {name}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
