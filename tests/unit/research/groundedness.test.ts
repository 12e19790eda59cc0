import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkReport, type Payloads, type Violation } from '@/lib/research/groundedness';
import type { ReportDocument, Sentence, Statement } from '@/lib/research/schema';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { researchInSandbox } from './research-stand';

let sandbox: RunningSandbox;
let sound: ReportDocument;
let payloads: Payloads;
beforeAll(async () => {
  sandbox = await startSandbox();
  const research = await researchInSandbox(sandbox.url, 'DM000002', { isDemo: true });
  sound = research.document;
  payloads = research.payloads;
});
afterAll(() => sandbox.close());

/** The violations after a change to a copy of a sound report. */
function violationsAfter(change: (document: ReportDocument) => void, withPayloads = false): Violation['check'][] {
  const document = structuredClone(sound);
  change(document);
  return checkReport(document, withPayloads ? payloads : {}).map(({ check }) => check);
}

function sentence(document: ReportDocument, start: string): Sentence {
  const found = document.sections.flatMap(({ sentences }) => sentences).find(({ text }) => text.startsWith(start));
  if (found === undefined) throw new Error(`no sentence begins with ${start}`);
  return found;
}

function statement(document: ReportDocument, field: string): Statement {
  const found = document.statements.find((candidate) => candidate.field === field);
  if (found === undefined) throw new Error(`nothing is stated about ${field}`);
  return found;
}

/** The change that gives a statement another value. */
function stating(field: string, value: Statement['value']): (document: ReportDocument) => void {
  return (document) => {
    statement(document, field).value = value;
  };
}

/** The change that makes a sentence cite other statements. */
function citing(start: string, ids: string[]): (document: ReportDocument) => void {
  return (document) => {
    sentence(document, start).statements = ids;
  };
}

test('a sound report has no violations, with and without the answers at hand', () => {
  expect(checkReport(sound)).toEqual([]);
  expect(checkReport(sound, payloads)).toEqual([]);
});

describe('E1 catches', () => {
  test('a changed date', () => {
    const checks = violationsAfter((document) => {
      const it = sentence(document, 'It was formed');
      it.text = it.text.replace('17 November 2009', '18 November 2009');
    });
    expect(checks).toContain('E1');
  });

  test('a changed count', () => {
    const checks = violationsAfter((document) => {
      const it = sentence(document, 'It has 10');
      it.text = it.text.replace('10', '11');
    });
    expect(checks).toContain('E1');
  });

  test('an added amount', () => {
    const checks = violationsAfter((document) => {
      sentence(document, 'The register gives its status').text += ' Turnover was £4.2m.';
    });
    expect(checks).toContain('E1');
  });
});

describe('E2 catches', () => {
  test('a person who is not in the cited statement', () => {
    const checks = violationsAfter((document) => {
      const it = sentence(document, 'The newest on the board');
      it.text = it.text.replace('Sybil Malarkey', 'Sybil Mallory');
    });
    expect(checks).toContain('E2');
  });

  test('a company that nobody cites', () => {
    const checks = violationsAfter((document) => {
      sentence(document, 'The newest of them').text += ' It also borrowed from Barclays.';
    });
    expect(checks).toContain('E2');
  });
});

test('E2 catches a part of a register’s name that stands for somebody', () => {
  const change = (document: ReportDocument) => {
    sentence(document, 'The newest of them').text += ' It also borrowed from Tender.';
  };
  expect(violationsAfter(change)).toContain('E2');
});

describe('E3 catches', () => {
  test('a sentence that cites nothing', () => {
    expect(violationsAfter(citing('The register gives', []))).toContain('E3');
  });

  test('a sentence that cites gaps only', () => {
    const checks = violationsAfter((document) => {
      sentence(document, 'Not found for').statements = [];
    });
    expect(checks).toContain('E3');
  });

  test('a citation that does not exist', () => {
    expect(violationsAfter(citing('The register gives', ['S999']))).toContain('E3');
  });

  test('a citation of something else', () => {
    const checks = violationsAfter((document) => {
      sentence(document, 'The register gives').statements.push(statement(document, 'registered_office').id);
    });
    expect(checks).toContain('E3');
  });

  test('an address in the text', () => {
    const checks = violationsAfter((document) => {
      sentence(document, 'The register gives').text += ' See https://example.test.';
    });
    expect(checks).toContain('E3');
  });
});

describe('E5 catches', () => {
  test('a copied value that differs from its evidence', () => {
    expect(violationsAfter(stating('incorporated_on', '2009-11-18'))).toContain('E5');
  });

  test('a copied value whose snippet was changed with it, when the answer is at hand', () => {
    const change = (document: ReportDocument) => {
      const it = statement(document, 'status');
      it.value = 'dissolved';
      for (const entry of document.evidence) if (it.evidence.includes(entry.id)) entry.snippet = 'dissolved';
    };
    expect(violationsAfter(change, true)).toContain('E5');
  });

  test('a locator at which nothing stands', () => {
    const change = (document: ReportDocument) => {
      const [entry] = document.evidence;
      if (entry !== undefined) entry.locator = '$.nowhere';
    };
    expect(violationsAfter(change, true)).toContain('E5');
  });

  test('a computed value that its formula does not give', () => {
    expect(violationsAfter(stating('age', 99))).toContain('E5');
  });

  test('a score that its components do not give', () => {
    expect(violationsAfter(stating('score', 100))).toContain('E5');
  });

  test('a part of the score that its rules do not give', () => {
    const change = (document: ReportDocument) => {
      for (const component of document.score.components) if (component.name === 'financial') component.score = 1;
    };
    expect(violationsAfter(change)).toContain('E5');
  });

  test('a rule of the score whose formula gives another number than its text', () => {
    const change = (document: ReportDocument) => {
      const years = scoreRule(document, 'full year');
      years.text = years.text.replace(/\d+/, '99');
    };
    expect(violationsAfter(change)).toContain('E1');
  });

  test('a rule of the score with a formula that cannot be computed again', () => {
    const change = (document: ReportDocument) => {
      scoreRule(document, 'full year').formula = 'guess(E1)';
    };
    expect(violationsAfter(change)).toContain('E5');
  });

  test('a rule of the score without evidence', () => {
    const change = (document: ReportDocument) => {
      scoreRule(document, 'as active').evidence = [];
    };
    expect(violationsAfter(change)).toContain('E5');
  });

  test('an amount of the score that is not the filed one, such as pence taken for pounds', async () => {
    const { document } = await researchInSandbox(sandbox.url, 'DM000001', { isDemo: true });
    expect(checkReport(document)).toEqual([]);
    scoreRule(document, 'Net assets of').text = 'Net assets of £217,736,500 on 31 May 2026.';
    expect(checkReport(document)).toMatchObject([{ check: 'E1', detail: expect.stringContaining('217736500') }]);
  });

  test('a person in a list who is not in the answer', () => {
    const change = (document: ReportDocument) => {
      const it = statement(document, 'officers_active');
      it.value = [{ name: 'NOBODY, Real', display_name: 'Real Nobody', role: 'director', role_text: 'Director' }];
    };
    expect(violationsAfter(change, true)).toContain('E5');
  });

  test('a date in a parsed value that stands nowhere in its evidence', () => {
    expect(violationsAfter(stating('accounts_period', { start: '1999-01-01', end: '1999-12-31' }))).toContain('E5');
  });

  test('a required field that is neither answered nor explained', () => {
    const checks = violationsAfter((document) => {
      const financials = document.sections.find(({ id }) => id === 'financials');
      if (financials !== undefined) delete financials.fields.employees;
    });
    expect(checks).toContain('E5');
  });

  test('a figure in the place of a gap', () => {
    const checks = violationsAfter((document) => {
      const financials = document.sections.find(({ id }) => id === 'financials');
      if (financials !== undefined) financials.fields.turnover = { statement: 'S999' };
    });
    expect(checks).toContain('E5');
  });
});

describe('the privacy check catches', () => {
  test('members about people that a report must not hold', () => {
    const change = (document: ReportDocument) => {
      statement(document, 'officers_active').value = [{ date_of_birth: { month: 3, year: 1970 } }];
    };
    expect(violationsAfter(change)).toContain('privacy');
  });

  test('a month of birth in a text, when the answer is at hand', () => {
    const born = { 'companies_house.officers': { items: [{ date_of_birth: { month: 3, year: 1970 } }] } };
    const document = structuredClone(sound);
    sentence(document, 'It has 10').text += ' She was born in March 1970.';
    expect(checkReport(document, born).map(({ check }) => check)).toContain('privacy');
  });
});

function scoreRule(document: ReportDocument, words: string) {
  const rule = document.score.components.flatMap(({ rules }) => rules).find(({ text }) => text.includes(words));
  if (rule === undefined) throw new Error(`no rule says “${words}”`);
  return rule;
}
