import { isNode, type JsonLdNode, nodesOf, textsOf, typesOf } from './json-ld';
import type { Organisation } from './schema';
import { oneLine } from './visible-text';

/** The types of schema.org for organisations that small and large companies use of themselves. */
const TYPES = new Set(
  `Organization Corporation LocalBusiness ProfessionalService LegalService FinancialService AccountingService InsuranceAgency
  OnlineBusiness OnlineStore Store AutoDealer AutoRepair AutomotiveBusiness HomeAndConstructionBusiness GeneralContractor Electrician
  Plumber RoofingContractor HVACBusiness HousePainter Locksmith MovingCompany RealEstateAgent EmploymentAgency TravelAgency
  FoodEstablishment Restaurant CafeOrCoffeeShop BarOrPub Bakery Brewery Winery Distillery Hotel LodgingBusiness BedAndBreakfast
  HealthAndBeautyBusiness BeautySalon HairSalon DaySpa MedicalBusiness MedicalOrganization Dentist Physician Pharmacy Optician
  VeterinaryCare ChildCare EducationalOrganization School SportsActivityLocation ExerciseGym EntertainmentBusiness
  NewsMediaOrganization NGO ResearchOrganization Airline Library SelfStorage DryCleaningOrLaundry ClothingStore FurnitureStore
  HardwareStore GroceryStore ElectronicsStore JewelryStore Florist GardenStore PetStore BikeStore BookStore ToyStore ShoeStore
  WholesaleStore LiquorStore MobilePhoneStore OfficeEquipmentStore SportingGoodsStore TireShop HobbyShop ComputerStore Notary
  Attorney InternetCafe RecyclingCenter TelevisionStation RadioStation ShoppingCenter Consortium FundingScheme Project`.split(
    /\s+/,
  ),
);
const LONGEST = 500;

/** Organisations that a page describes in JSON-LD, as its own; those that another address is given for are left out. */
export function findOrganisations(
  blocks: readonly unknown[],
  page: number,
  isOwn: (url: string) => boolean,
): Organisation[] {
  return nodesOf(blocks)
    .filter((node) => typesOf(node).some((type) => TYPES.has(type)))
    .map((node) => toOrganisation(node, page))
    .filter(({ name, legal_name }) => name !== null || legal_name !== null)
    .filter(({ url }) => url === null || isOwn(url));
}

function toOrganisation(node: JsonLdNode, page: number): Organisation {
  const text = (member: string) => oneLine(textsOf(node[member])[0] ?? '', LONGEST) || null;
  return {
    page,
    types: typesOf(node),
    name: text('name'),
    legal_name: text('legalName'),
    url: text('url'),
    description: text('description'),
    telephone: text('telephone'),
    email: text('email')?.replace(/^mailto:/i, '') ?? null,
    address: addressOf(node.address),
    founding_date: text('foundingDate'),
    same_as: textsOf(node.sameAs),
    identifiers: identifiersOf(node),
  };
}

function addressOf(value: unknown): Organisation['address'] {
  const address = Array.isArray(value) ? value[0] : value;
  if (typeof address === 'string')
    return { street: null, locality: null, region: null, postcode: null, country: null, text: oneLine(address, 200) };
  if (!isNode(address)) return null;
  const part = (member: string) => oneLine(textsOf(address[member]).join(', '), 200) || null;
  const country = isNode(address.addressCountry)
    ? (textsOf(address.addressCountry.name)[0] ?? null)
    : part('addressCountry');
  const found = {
    street: part('streetAddress'),
    locality: part('addressLocality'),
    region: part('addressRegion'),
    postcode: part('postalCode'),
    country,
  };
  const text = [found.street, found.locality, found.region, found.postcode].filter((line) => line !== null).join(', ');
  return text === '' ? null : { ...found, text };
}

/** Numbers under which registers know the organisation: plain texts, or PropertyValue nodes. */
function identifiersOf(node: JsonLdNode): string[] {
  const values = [node.identifier, node.taxID, node.leiCode, node.iso6523Code, node.companyRegistration].flatMap(
    (value) => (Array.isArray(value) ? value : [value]),
  );
  return values.flatMap((value) => (isNode(value) ? textsOf(value.value) : textsOf(value)));
}
