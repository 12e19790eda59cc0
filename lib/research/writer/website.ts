import { z } from 'zod';
import type { SectionFacts } from '../draft/section-facts';
import {
  namedCodeValue,
  readValue,
  siteStatusValue,
  socialLinkValue,
  technologyValue,
  websiteProofValue,
} from '../values';
import { counted, fact, inSeries, phrase } from './phrases';
import { type Cited, cited, say } from './say';

/** How the company says it can be reached, and why the site is taken for its own. */
export function writeWebsite(facts: SectionFacts): (Cited | null)[] {
  const host = fact(facts, 'website');
  return [
    say`Its own web site is ${host}; it shows ${proof(facts)}.`,
    say`The site gives this address: ${fact(facts, 'trading_address')}.`,
    reach(facts),
  ];
}

function proof(facts: SectionFacts): Cited | null {
  return cited(facts.statement('website_proof'), (statement) => {
    const { kind, quote, postcode } = readValue(statement, websiteProofValue);
    if (kind === 'company_number') return `the company number (“${quote}”)`;
    return `the registered name (“${quote}”) and the postcode of the registered office (${postcode ?? ''})`;
  });
}

function reach(facts: SectionFacts): Cited | null {
  const phone = fact(facts, 'phone');
  const email = fact(facts, 'email');
  return (
    say`It publishes the telephone number ${phone} and the mailbox ${email}.` ??
    say`It publishes the telephone number ${phone}.` ??
    say`It publishes the mailbox ${email}.`
  );
}

/** How the web site answers, what it is made with, where it links to and in which languages it is written. */
export function writeSiteFootprint(facts: SectionFacts): (Cited | null)[] {
  return [status(facts), technologies(facts), socialLinks(facts), languages(facts)];
}

function status(facts: SectionFacts): Cited | null {
  const site = cited(facts.statement('website_status'), (statement) => {
    const { host, https, pages_read: pages } = readValue(statement, siteStatusValue);
    const how = https ? 'over HTTPS' : 'over plain HTTP, without encryption';
    return `${host} answered ${how}; ${counted(pages, 'page')} of it ${pages === 1 ? 'was' : 'were'} read`;
  });
  return say`Its web site ${site}.`;
}

function technologies(facts: SectionFacts): Cited | null {
  const statement = facts.statement('tech_detected');
  if (statement !== null && readValue(statement, z.array(technologyValue)).length === 0) {
    return say`Its pages show ${phrase(facts, 'tech_detected', 'none of the technologies that are recognised here')}.`;
  }
  const found = cited(statement, (list) =>
    inSeries(readValue(list, z.array(technologyValue)).map(({ name, category }) => `${name} (${category})`)),
  );
  return say`Its pages show signs of ${found}.`;
}

function socialLinks(facts: SectionFacts): Cited | null {
  const networks = cited(facts.statement('social_links'), (statement) =>
    inSeries([...new Set(readValue(statement, z.array(socialLinkValue)).map(({ network }) => network))]),
  );
  return say`The site links to pages of its own on social networks: ${networks}.`;
}

function languages(facts: SectionFacts): Cited | null {
  const names = cited(facts.statement('site_languages'), (statement) =>
    inSeries(readValue(statement, z.array(namedCodeValue)).map(({ name }) => name)),
  );
  return say`The site is written in ${names}.`;
}
