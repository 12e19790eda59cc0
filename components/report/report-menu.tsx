'use client';

import { Braces, ChevronDown, FileDown, FileText, GitCompareArrows, Share2, UserCheck, UserX } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { ShareDialog } from './share-dialog';
import { useKeepNames } from './use-keep-names';

const DOWNLOADS = [
  { format: 'pdf', name: 'PDF', Icon: FileDown },
  { format: 'md', name: 'Markdown', Icon: FileText },
  { format: 'json', name: 'JSON', Icon: Braces },
] as const;

/**
 * What can be done with a finished report besides reading it.
 * @param namesKept whether names of people stay in it for good; null when they were removed already.
 */
export function ReportMenu({ reportId, namesKept }: { reportId: string; namesKept: boolean | null }) {
  const keepNames = useKeepNames(reportId);
  const [sharing, setSharing] = useState(false);
  return (
    <>
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
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setSharing(true)}>
            <Share2 aria-hidden />
            Share
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/reports/${reportId}/compare`}>
              <GitCompareArrows aria-hidden />
              Compare
            </Link>
          </DropdownMenuItem>
          {namesKept !== null && (
            <DropdownMenuItem onSelect={() => keepNames.mutate(!namesKept)}>
              {namesKept ? <UserX aria-hidden /> : <UserCheck aria-hidden />}
              {namesKept ? 'Remove names after six months' : 'Keep names for good'}
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <ShareDialog reportId={reportId} open={sharing} onOpenChange={setSharing} />
    </>
  );
}
