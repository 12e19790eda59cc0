import type { CustomerType, DeliveryModel, DemandModel } from './fields';

/** A kind of business as the divisions of the SIC know it, with what usually goes with it; null where nothing does. */
export type ActivityKind = {
  name: string;
  words: RegExp;
  /** Beginnings of the SIC codes under which it may be registered. */
  sic: readonly string[];
  delivery: DeliveryModel | null;
  customers: CustomerType | null;
  demand: DemandModel | null;
};

type Usual = [delivery: DeliveryModel | null, customers: CustomerType | null, demand?: DemandModel | null];

const kind = (name: string, sic: string, words: RegExp, [delivery, customers, demand]: Usual): ActivityKind => ({
  name,
  words,
  sic: sic.split(' '),
  delivery,
  customers,
  demand: demand ?? null,
});

/** In order: a narrower kind stands before a wider one, whose words may be part of it. */
export const ACTIVITY_KINDS: readonly ActivityKind[] = [
  kind(
    'securitisation',
    '64 66',
    /\b(securitisation|special purpose (vehicle|company)|issu\w+ (of )?(loan )?notes|to raise finance)\b/i,
    [null, null, 'not_customer_facing'],
  ),
  kind(
    'recruitment',
    '78',
    /\b(recruitment|employment agenc\w+|staffing|(supply of|supply) (labour|staff|personnel|professionals)|trades and labour|temporary (staff|workers))\b/i,
    ['professional_service', 'b2b'],
  ),
  kind('prefabrication', '16 25 41 43', /\b(modular|prefabricated|off-?site) (buildings?|homes?|construction)\b/i, [
    'product_physical',
    'b2b',
  ]),
  kind('pharmacy', '47', /\b(pharmac(y|ies)|dispensing chemists?)\b/i, ['product_physical', 'b2c', 'local_service']),
  kind(
    'funerals and personal care',
    '96',
    /\b(funeral\w*|crematori\w+|hairdress\w+|barbers?|beauty (salon|treatment)s?|dry cleaning|laundry|tattoo\w*)\b/i,
    ['professional_service', 'b2c', 'local_service'],
  ),
  kind('online retail', '47', /\b(e-?commerce|online (retail\w*|shops?|stores?)|mail order|internet retail\w*)\b/i, [
    'product_physical',
    'b2c',
    'consumer_search',
  ]),
  kind(
    'motor trade',
    '45',
    /\b(motor vehicles?|used (cars|vehicles)|cars?|car dealer\w*|vehicle (sales|repairs?))\b/i,
    ['distribution_resale', null],
  ),
  kind(
    'wholesale',
    '46',
    /\b(wholesal\w+|distribut(ion|ors?|ing)|import(s|ing|ers?)?|merchants?|stockists?|suppl(y|ier) of (?!labour|staff|services|professionals))/i,
    ['distribution_resale', 'b2b'],
  ),
  kind(
    'manufacture',
    '1 2 30 31 32 33',
    /\b(manufactur\w+|fabricat\w+|making of|makers? of|we make|brew(ing|ery|ers?)|distiller\w*|printing|bakers?|bakery)\b/i,
    ['product_physical', 'b2b'],
  ),
  kind(
    'farming',
    '01 02 03',
    /\b(farm(s|ing|ers?)?|agricultur\w+|livestock|dairy|forestry|horticultur\w+|fishing)\b/i,
    ['product_physical', 'b2b'],
  ),
  kind('mining', '05 06 07 08 09', /\b(mining|quarr\w+|oil and gas)\b/i, ['product_physical', 'b2b']),
  kind('energy', '35', /\b(electricity|solar|wind farms?|renewable energy|gas supply|power generation)\b/i, [
    'product_physical',
    null,
  ]),
  kind(
    'waste',
    '36 37 38 39',
    /\b(waste (management|disposal|collection)|recycling|sewerage|skip hire|water supply)\b/i,
    ['trade_service', null],
  ),
  kind(
    'building trades',
    '43 41 81 33',
    /\b(electrical (contract|install|work)\w*|plumb\w+|heating|roofing|joinery|carpentry|plastering|decorat\w+|scaffold\w+|repairs?(,| and) maintenance|refurbishment|landscap\w+|flooring|glazing|fit.?out)\b/i,
    ['trade_service', null],
  ),
  kind(
    'property development',
    '41 68',
    /\b((property|land|housing|residential|real estate) develop\w+|development of (building|propert|residential|land)\w*|house ?build\w+|development sites?)\b/i,
    ['property', null],
  ),
  kind(
    'property letting',
    '68 41',
    /\b(property (investment|rental|letting|holding)|investment propert\w+|letting (and operating )?of (own )?propert\w+|real estate (investment|letting)|rental income from propert\w+)\b/i,
    ['property', null],
  ),
  kind(
    'estate agency',
    '68 71',
    /\b(estate agen\w+|letting agents?|property management|valuers?|chartered surveyors?)\b/i,
    ['professional_service', null, 'local_service'],
  ),
  kind(
    'construction',
    '41 42 43',
    /\b(construction|civil engineering|(building|main|groundworks?) contractors?|groundworks?|building (work|services)s?)\b/i,
    ['contracting', 'b2b'],
  ),
  kind(
    'restaurants',
    '56',
    /\b(restaurants?|public houses?|pubs?|caf[eé]s?|catering|take-?\s?aways?|coffee shops?|wine bars?)\b/i,
    ['product_physical', 'b2c', 'local_service'],
  ),
  kind('retail', '47', /\b(retail(er|ers|ing)?|shops?|convenience stores?|newsagents?|florists?|supermarkets?)\b/i, [
    'product_physical',
    'b2c',
    'local_service',
  ]),
  kind(
    'transport and storage',
    '49 50 51 52 53',
    /\b(haulage|freight|road transport|courier\w*|logistics|shipping|taxis?|removals?|warehous\w+|storage services|passenger transport)\b/i,
    ['trade_service', 'b2b'],
  ),
  kind('hotels', '55', /\b(hotels?|guest houses?|holiday (parks?|lets?|accommodation)|bed and breakfast)\b/i, [
    null,
    'b2c',
    'consumer_search',
  ]),
  kind('telecommunications', '61', /\b(telecom\w*|broadband|mobile networks?)\b/i, ['product_digital', null]),
  kind(
    'software products',
    '62 63 58',
    /\b(software as a service|saas|software (products?|licen[cs]\w+|platforms?|publish\w+)|sale of software)\b/i,
    ['product_digital', 'b2b'],
  ),
  kind(
    'information technology',
    '62 63 58 70',
    /\b(software|information technology|IT (consult|services|support|solutions)\w*|digital (products?|data|technolog\w+)|computer (consult|program)\w+|web (design|develop)\w*|technology (services|solutions|consult\w+)|app develop\w+|cyber\s?security)\b/i,
    ['professional_service', 'b2b'],
  ),
  kind(
    'publishing and media',
    '58 59 60 18 90',
    /\b(publish\w+|films?|television|broadcast\w+|video production|music)\b/i,
    ['product_digital', null],
  ),
  kind('insurance', '65 66', /\b(insurance|insurers?|underwrit\w+|reinsur\w+)\b/i, ['professional_service', null]),
  kind('lending', '64 66', /\b(lending|loans?|consumer credit|mortgages?|bridging|asset finance|hire purchase)\b/i, [
    null,
    null,
  ]),
  kind(
    'financial advice',
    '64 65 66 70221',
    /\b(wealth management|financial (advice|advis\w+|planning|management|services)|(investment|fund|asset) manage\w+|investment advi\w+)\b/i,
    ['professional_service', 'b2c', 'b2b_relationship'],
  ),
  kind('law', '69', /\b(solicitors?|legal (services|advice)|law firm|barristers?|conveyanc\w+|notar\w+)\b/i, [
    'professional_service',
    null,
  ]),
  kind('accountancy', '69', /\b(accountan\w+|bookkeep\w+|tax (advice|advis\w+|consult\w+)|payroll services)\b/i, [
    'professional_service',
    'b2b',
  ]),
  kind(
    'engineering and architecture',
    '71',
    /\b(architect\w*|engineering (design|consult\w+|services)|technical testing|structural engineer\w*)\b/i,
    ['professional_service', 'b2b'],
  ),
  kind(
    'research',
    '72',
    /\b(research and (experimental )?development|biotech\w*|clinical (trials|research)|drug discovery)\b/i,
    ['professional_service', 'b2b'],
  ),
  kind(
    'marketing',
    '73 70 74 59',
    /\b(marketing|advertis\w+|market research|public relations|branding agency|communications? (services|agency))\b/i,
    ['professional_service', 'b2b'],
  ),
  kind(
    'design',
    '74 73 90',
    /\b(photograph\w+|(graphic|interior|fashion|product) design\w*|artist management|talent (agency|management)|translation)\b/i,
    ['professional_service', 'b2b'],
  ),
  kind('veterinary', '75', /\bveterinar\w+/i, ['professional_service', 'b2c', 'local_service']),
  kind('hire', '77', /\b((plant|equipment|car|vehicle|tool) (hire|leasing|rental)|hire of|leasing of)\b/i, [
    'trade_service',
    'b2b',
  ]),
  kind('travel', '79', /\b(travel agen\w+|tour operat\w+|package holidays)\b/i, [
    'professional_service',
    'b2c',
    'consumer_search',
  ]),
  kind('security', '80', /\b(security (services|guard\w*)|guarding|cctv)\b/i, ['trade_service', 'b2b']),
  kind('cleaning and facilities', '81', /\b(cleaning|facilities management|grounds maintenance|pest control)\b/i, [
    'trade_service',
    'b2b',
  ]),
  kind(
    'business support',
    '82',
    /\b(call centres?|business support|administrative services|events? management|conferences?|contract packaging)\b/i,
    ['professional_service', 'b2b'],
  ),
  kind('education', '85 88', /\b(education\w*|schools?|nurser(y|ies)|training|tuition|colleges?|childcare)\b/i, [
    'professional_service',
    null,
  ]),
  kind(
    'care',
    '87 88',
    /\b(care homes?|(residential|domiciliary|nursing|social|home) care|nursing homes?|supported living|foster\w*)\b/i,
    ['professional_service', null, 'local_service'],
  ),
  kind(
    'health',
    '86',
    /\b(medical (services|practices?|care)|general practi\w+|dental|dentist\w*|hospitals?|clinics?|physiotherap\w+|ambulances?|NHS services)\b/i,
    ['professional_service', null],
  ),
  kind(
    'sport and leisure',
    '90 91 92 93',
    /\b(football|sports? clubs?|leisure centres?|gyms?|fitness|theatres?|museums?|betting|casinos?)\b/i,
    [null, 'b2c', 'local_service'],
  ),
  kind(
    'associations',
    '94',
    /\b(membership organisations?|trade unions?|trade associations?|religious|charitable)\b/i,
    [null, null],
  ),
  kind('consultancy', '70 71 74 62 73 69', /\b(consultancy|consulting|consultants?)\b/i, [
    'professional_service',
    'b2b',
  ]),
  kind('services', '', /\b(professional|advisory|design|project management) services\b/i, [
    'professional_service',
    null,
  ]),
  kind(
    'holding',
    '64 70 99999 74990',
    /\b(holding company|intermediate parent|holding of investments|dormant|non-?trading)\b/i,
    [null, null, 'not_customer_facing'],
  ),
];
