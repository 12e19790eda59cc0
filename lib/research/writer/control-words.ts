import { lowerFirst } from '@/lib/companies/enumerations/in-words';
import { inSeries } from './phrases';

const BANDS: Readonly<Record<string, string>> = {
  '25-to-50': 'more than 25% but not more than 50%',
  '50-to-75': 'more than 50% but less than 75%',
  '75-to-100': '75% or more',
};
const SHARE =
  /^(?:part-)?(ownership-of-shares|voting-rights|right-to-share-surplus-assets)-(25-to-50|50-to-75|75-to-100)-percent(-as-firm|-as-trust)?(?:-limited-liability-partnership)?$/;
const APPOINTS =
  /^right-to-appoint-and-remove-(directors|members)(-as-firm|-as-trust)?(?:-limited-liability-partnership)?$/;
const OF: Readonly<Record<string, string>> = {
  'ownership-of-shares': 'shares',
  'voting-rights': 'votes',
  'right-to-share-surplus-assets': 'surplus assets',
};
const CAPACITY: Readonly<Record<string, string>> = {
  '': '',
  '-as-firm': ' as a member of a firm',
  '-as-trust': ' through the trustees of a trust',
};

/**
 * What somebody in control holds, as the end of a sentence: "holds 75% or more of its shares and votes and may appoint
 * or remove its directors".
 * @param natures the register's codes, and `texts` its words for each of them, for codes that are not known here.
 */
export function controlWords(natures: readonly string[], texts: readonly string[]): string {
  const holdings = new Map<string, string[]>();
  const others: string[] = [];
  for (const [index, nature] of natures.entries()) {
    const [, what, band, capacity = ''] = SHARE.exec(nature) ?? [];
    const [, whom, appointing = ''] = APPOINTS.exec(nature) ?? [];
    if (what !== undefined && band !== undefined) {
      const key = `${band}|${capacity}`;
      holdings.set(key, [...(holdings.get(key) ?? []), OF[what] ?? what]);
    } else if (whom !== undefined) others.push(`may appoint or remove its ${whom}${CAPACITY[appointing] ?? ''}`);
    else others.push(inOwnWords(nature, texts[index] ?? nature));
  }
  const held = [...holdings].map(([key, things]) => {
    const [band = '', capacity = ''] = key.split('|');
    return `${BANDS[band] ?? band} of its ${inSeries(things)}${CAPACITY[capacity] ?? ''}`;
  });
  const holding = held.length === 0 ? '' : `holds ${inSeries(held)}`;
  return [holding, inSeries(others)].filter(Boolean).join(', and ');
}

function inOwnWords(nature: string, text: string): string {
  if (nature === 'significant-influence-or-control') return 'has significant influence or control over it';
  return /^has /i.test(text) ? lowerFirst(text) : `has this control of it: ${lowerFirst(text)}`;
}
