import { AppError } from '@/lib/errors';

/** A file that the register's page of downloads offers. */
export type OfferedFile = { url: URL; name: string /** YYYY-MM. */; month: string };

const WHOLE_FILE = /href\s*=\s*["']?([^"'\s>]*BasicCompanyDataAsOneFile-(20\d{2}-(?:0[1-9]|1[0-2]))-\d{2}\.zip)/gi;

/**
 * The newest file with all companies on the register's page of downloads.
 * @param html of the page.
 * @param page its address, to which links are relative.
 * @throws AppError `provider_contract` when the page offers none.
 */
export function newestFile(html: string, page: URL): OfferedFile {
  const files = [...html.matchAll(WHOLE_FILE)].flatMap(([, link = '', month = '']) => {
    if (!URL.canParse(link, page.href)) return [];
    const url = new URL(link, page);
    return [{ url, name: url.pathname.split('/').at(-1) ?? '', month }];
  });
  const [newest] = files.sort((a, b) => b.month.localeCompare(a.month));
  if (newest !== undefined) return newest;
  throw new AppError('provider_contract', {
    detail: `${page.href} offers no file named BasicCompanyDataAsOneFile. Download it by hand and name it instead.`,
  });
}
