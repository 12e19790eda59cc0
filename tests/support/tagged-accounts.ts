export type TaggedFigure = {
  tag: string;
  /** As printed; brackets stand outside the tag, as the format asks. */
  text: string;
  /** Id of the context: `now`, `before`, or one of `contexts`. */
  context?: string;
  unit?: string;
  scale?: number;
  negative?: boolean;
  format?: string;
};

export type TaggedAccounts = {
  companyNumber?: string;
  /** First and last day. */
  period?: readonly [string, string];
  previous?: readonly [string, string];
  figures?: readonly TaggedFigure[];
  /** Further contexts, as XML. */
  contexts?: string;
  /** Further content of the page, as XHTML. */
  page?: string;
  currency?: string;
};

/** Invented accounts in inline XBRL, as filing software writes them. */
export function taggedAccounts({
  companyNumber = '01234567',
  period = ['2024-04-01', '2025-03-31'],
  previous = ['2023-04-01', '2024-03-31'],
  figures = [],
  contexts = '',
  page = '',
  currency = 'GBP',
}: TaggedAccounts): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
  xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:core="http://xbrl.frc.org.uk/fr/2023-01-01/core"
  xmlns:bus="http://xbrl.frc.org.uk/cd/2023-01-01/business" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
  xmlns:ixt2="http://www.xbrl.org/inlineXBRL/transformation/2011-07-31"><head><title>Accounts</title></head><body>
<div style="display:none"><ix:header><ix:hidden>
<ix:nonNumeric name="bus:UKCompaniesHouseRegisteredNumber" contextRef="now">${companyNumber}</ix:nonNumeric>
<ix:nonNumeric name="bus:EndDateForPeriodCoveredByReport" contextRef="now">${period[1]}</ix:nonNumeric></ix:hidden>
<ix:resources>
${context('now', companyNumber, `<xbrli:startDate>${period[0]}</xbrli:startDate><xbrli:endDate>${period[1]}</xbrli:endDate>`)}
${context('before', companyNumber, `<xbrli:startDate>${previous[0]}</xbrli:startDate><xbrli:endDate>${previous[1]}</xbrli:endDate>`)}
${context('now-day', companyNumber, `<xbrli:instant>${period[1]}</xbrli:instant>`)}
${context('before-day', companyNumber, `<xbrli:instant>${previous[1]}</xbrli:instant>`)}
${contexts}
<xbrli:unit id="money"><xbrli:measure>iso4217:${currency}</xbrli:measure></xbrli:unit>
<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
</ix:resources></ix:header></div>
${figures.map(toTag).join('\n')}
${page}
</body></html>`;
}

/** A context of the company or, with a segment, of a part of it. */
export function context(id: string, companyNumber: string, period: string, segment = ''): string {
  return `<xbrli:context id="${id}"><xbrli:entity><xbrli:identifier scheme="http://www.companieshouse.gov.uk/">${companyNumber}</xbrli:identifier>${
    segment === '' ? '' : `<xbrli:segment>${segment}</xbrli:segment>`
  }</xbrli:entity><xbrli:period>${period}</xbrli:period></xbrli:context>`;
}

function toTag(figure: TaggedFigure): string {
  const { tag, text, context: contextRef = 'now', unit = 'money', scale, negative = false, format } = figure;
  const attributes = [
    `name="core:${tag}" contextRef="${contextRef}" unitRef="${unit}" decimals="0"`,
    `format="${format ?? 'ixt2:numdotdecimal'}"`,
    ...(scale === undefined ? [] : [`scale="${scale}"`]),
    ...(negative ? ['sign="-"'] : []),
  ].join(' ');
  const fact = `<ix:nonFraction ${attributes}>${text}</ix:nonFraction>`;
  return `<p>${negative ? `(${fact})` : fact}</p>`;
}
