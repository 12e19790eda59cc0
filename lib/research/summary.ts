import type { ReportDocument, SectionId, Sentence, Statement } from './schema';

export type SummaryAnswer = {
  /** What a reader wants to know, such as "How they do". */
  title: string;
  /** Sentences of the report, as they stand there; empty when it has none that answers. */
  sentences: Sentence[];
};

type Choice = {
  section: SectionId;
  /** Fields, the most telling first: the sentence that states the first of them which any sentence states. */
  states: readonly string[];
  /** How many such sentences, one unless told otherwise. */
  most?: number;
  /** Only where the value is a yes, or there is something in it: absence is told in its section. */
  ifAny?: true;
};

const QUESTIONS: readonly { title: string; choices: readonly Choice[] }[] = [
  {
    title: 'Who they are',
    choices: [
      { section: 'identity', states: ['company_number', 'type_text', 'registered_office'] },
      { section: 'identity', states: ['ceased_on', 'status_text', 'status'] },
      { section: 'business', states: ['filed_activity', 'own_description', 'sic_activities', 'sic_codes'] },
    ],
  },
  {
    title: 'How they do',
    choices: [
      { section: 'financials', states: ['turnover', 'net_assets', 'profit_loss', 'accounts_made_up_to'] },
      { section: 'financials', states: ['profit_loss'] },
      { section: 'financials', states: ['net_assets'] },
      { section: 'financials', states: ['employees'] },
      { section: 'risk', states: ['insolvency_cases', 'insolvency_history_flag'], ifAny: true },
      { section: 'risk', states: ['strike_off_notices', 'strike_off_live'], ifAny: true },
      { section: 'risk', states: ['accounts_overdue', 'confirmation_statement_overdue'], ifAny: true },
      { section: 'risk', states: ['charges_outstanding'], ifAny: true },
    ],
  },
  {
    title: 'What changed',
    choices: [
      { section: 'signals', states: ['signals_count', 'signals_checked'] },
      { section: 'signals', states: ['signal'], most: 2 },
      { section: 'ownership', states: ['board_changes_12m'], ifAny: true },
    ],
  },
  {
    title: 'What to do',
    choices: [
      { section: 'approach', states: ['next_action'] },
      { section: 'approach', states: ['disqualifiers'], ifAny: true },
      { section: 'approach', states: ['score'] },
      { section: 'approach', states: ['entry_person'] },
      { section: 'approach', states: ['signal'] },
    ],
  },
];

/**
 * What a reader should know after a minute: sentences of the report itself, chosen by what they state, so that each
 * keeps its sources and nothing is said that the sections do not say.
 * @returns the four questions in their order, each with its sentences.
 */
export function summarise(report: Pick<ReportDocument, 'sections' | 'statements'>): SummaryAnswer[] {
  const statements = new Map(report.statements.map((statement) => [statement.id, statement]));
  return QUESTIONS.map(({ title, choices }) => {
    const chosen = choices.flatMap((choice) => {
      const sentences = report.sections.find(({ id }) => id === choice.section)?.sentences ?? [];
      return choose(sentences, statements, choice);
    });
    return { title, sentences: [...new Set(chosen)] };
  });
}

function choose(
  sentences: readonly Sentence[],
  statements: ReadonlyMap<string, Statement>,
  choice: Choice,
): Sentence[] {
  const told = sentences.filter(({ gaps }) => gaps.length === 0);
  const states = (field: string) => (id: string) => {
    const statement = statements.get(id);
    return statement?.field === field && (!choice.ifAny || isAny(statement));
  };
  const found = choice.states.map((field) => told.filter((sentence) => sentence.statements.some(states(field))));
  return found.find(({ length }) => length > 0)?.slice(0, choice.most ?? 1) ?? [];
}

function isAny({ value }: Statement): boolean {
  return value === true || (typeof value === 'number' && value > 0) || (Array.isArray(value) && value.length > 0);
}
