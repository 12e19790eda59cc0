/** A figure of filed accounts: which tags hold it, and of which part of the company. */
export type FigureDefinition = {
  /** Local names, the present taxonomy first, then the ones before 2014. */
  tags: readonly string[];
  unit: 'money' | 'people';
  /** The one segment that belongs to the figure; without it only facts about the whole company count. */
  segments?: readonly string[];
};

const DUE = 'MaturitiesOrExpirationPeriodsDimension';
const TERM = 'FinancialInstrumentCurrentNon-currentDimension';

/** Design note providers 2.5. The order is the order of a report. */
export const FIGURES = {
  turnover: { tags: ['TurnoverRevenue', 'TurnoverGrossOperatingRevenue'], unit: 'money' },
  gross_profit: { tags: ['GrossProfitLoss'], unit: 'money' },
  operating_profit: { tags: ['OperatingProfitLoss'], unit: 'money' },
  profit_before_tax: {
    tags: ['ProfitLossOnOrdinaryActivitiesBeforeTax', 'ProfitLossBeforeTax'],
    unit: 'money',
  },
  profit_loss: { tags: ['ProfitLoss', 'ProfitLossForPeriod'], unit: 'money' },
  net_assets: {
    tags: ['NetAssetsLiabilities', 'NetAssetsLiabilitiesIncludingPensionAssetLiability'],
    unit: 'money',
  },
  equity: { tags: ['Equity', 'ShareholderFunds'], unit: 'money' },
  cash: { tags: ['CashBankOnHand', 'CashBankInHand'], unit: 'money' },
  fixed_assets: { tags: ['FixedAssets'], unit: 'money' },
  current_assets: { tags: ['CurrentAssets'], unit: 'money' },
  debtors: { tags: ['Debtors'], unit: 'money' },
  creditors: { tags: ['Creditors'], unit: 'money' },
  creditors_within_one_year: {
    tags: ['Creditors', 'CreditorsDueWithinOneYear', 'CreditorsDueWithinOneYearTotalCurrentLiabilities'],
    unit: 'money',
    segments: [`${DUE}=WithinOneYear`, `${TERM}=CurrentFinancialInstruments`],
  },
  creditors_after_one_year: {
    tags: ['Creditors', 'CreditorsDueAfterOneYear', 'CreditorsDueAfterOneYearTotalNoncurrentLiabilities'],
    unit: 'money',
    segments: [`${DUE}=AfterOneYear`, `${TERM}=Non-currentFinancialInstruments`],
  },
  net_current_assets: { tags: ['NetCurrentAssetsLiabilities'], unit: 'money' },
  total_assets_less_current_liabilities: {
    tags: ['TotalAssetsLessCurrentLiabilities'],
    unit: 'money',
  },
  staff_costs: { tags: ['StaffCostsEmployeeBenefitsExpense'], unit: 'money' },
  employees: { tags: ['AverageNumberEmployeesDuringPeriod'], unit: 'people' },
} as const satisfies Record<string, FigureDefinition>;

export type FigureId = keyof typeof FIGURES;

// Object.keys of a literal object: exactly its own keys.
export const FIGURE_IDS = Object.keys(FIGURES) as readonly FigureId[];

/** Texts about the accounts: their tags in the present taxonomy and before 2014. */
export const TEXTS = {
  company_number: ['UKCompaniesHouseRegisteredNumber', 'CompaniesHouseRegisteredNumber'],
  name: ['EntityCurrentLegalOrRegisteredName', 'EntityCurrentLegalName'],
  balance_sheet_date: ['BalanceSheetDate'],
  period_start: ['StartDateForPeriodCoveredByReport'],
  period_end: ['EndDateForPeriodCoveredByReport'],
  dormant: ['EntityDormantTruefalse', 'EntityDormant', 'CompanyDormant'],
  principal_activity: ['DescriptionPrincipalActivities'],
} as const satisfies Record<string, readonly string[]>;

/** Begins the tag of the statement that no profit and loss account is delivered; the end names sections of the law. */
export const NO_PROFIT_AND_LOSS = 'StatementThatDirectorsHaveElectedNotToDeliverProfitLossAccount';
/** The one segment that makes figures those of the whole group; without it they are the company's own. */
export const GROUP_SEGMENT = 'GroupCompanyDataDimension=Consolidated';
