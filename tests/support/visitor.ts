import { config } from '@/lib/config';

export type Page = { status: number; path: string; html: string; headers: Headers };

/**
 * A person with a browser that runs no scripts: follows redirects, keeps cookies, fills in forms by the names of their
 * fields. `path` of a page is where the visitor ended up.
 */
export function newVisitor(address = `192.0.2.${Math.floor(Math.random() * 250)}`) {
  const cookies = new Map<string, string>();

  async function request(path: string, init: RequestInit = {}): Promise<Page> {
    const url = new URL(path, config().web.appUrl);
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('x-forwarded-for', address);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(line);
    const location = response.headers.get('location');
    if (location === null)
      return {
        status: response.status,
        path: url.pathname + url.search,
        html: await response.text(),
        headers: response.headers,
      };
    const target = new URL(location, url);
    if (target.origin !== url.origin) throw new Error(`The page leads to another site: ${target}`);
    return request(target.pathname + target.search);
  }

  function keep(line: string): void {
    visitor.onCookie(line);
    const [pair = '', ...attributes] = line.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const gone = attributes.some((attribute) => /^\s*(max-age=0|expires=.*1970.*)$/i.test(attribute));
    if (gone) cookies.delete(name);
    else cookies.set(name, pair.slice(name.length + 1));
  }

  const visitor = {
    cookies,
    /** Told every Set-Cookie line. */
    onCookie: (_line: string): void => undefined,
    visit: (path: string) => request(path),
    post: (path: string, headers: Record<string, string>) => request(path, { method: 'POST', headers }),
    /** Sends the form of a page whose button has this text. */
    async submit(page: Page, button: string, fields: Record<string, string> = {}): Promise<Page> {
      const forms = page.html.match(/<form[\s\S]*?<\/form>/g) ?? [];
      const form = forms.find((one) => toText(one.slice(one.lastIndexOf('<button'))).trim() === button);
      if (!form) throw new Error(`The page ${page.path} has no form with the button ${button}`);
      const data = new FormData();
      for (const [tag] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
        data.set(attribute(tag, 'name'), attribute(tag, 'value'));
      for (const [name, value] of Object.entries(fields)) data.set(name, value);
      return request(page.path, { method: 'POST', body: data, headers: { origin: config().web.appUrl } });
    },
  };
  return visitor;
}

export type Visitor = ReturnType<typeof newVisitor>;

/** The readable text of a page, spaces collapsed. */
export function textOf(page: Page): string {
  return toText(page.html.replace(/<(script|style|template)[\s\S]*?<\/\1>/g, ' '));
}

function toText(html: string): string {
  return decode(html.replace(/<!--.*?-->/g, '').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
}

function attribute(tag: string, name: string): string {
  return decode(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function decode(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
