import { parseCompanyNumber } from '@/lib/companies/company-number';
import { companyNameKey, postcodeKey } from '@/lib/companies/name-key';
import { toDay } from '@/lib/companies/register/calendar';
import type { AwardRow, Release } from './schema';

type OcdsAward = NonNullable<Release['awards']>[number];
type Party = NonNullable<Release['parties']>[number];

/** Awards that came to nothing. */
const NOT_AWARDED = ['cancelled', 'unsuccessful', 'withdrawn'];
const COMPANIES_HOUSE = 'GB-COH';
const POSTCODE_AT_END = /([A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})\W*$/i;

/**
 * The awards of a release, one row for each supplier that can be told from others: by its company number, or by its name
 * and postcode. A supplier known by its name alone is left out, since namesakes are common.
 * @param noticePage address of the notice for people, where the release itself names none.
 */
export function toAwardRows(release: Release, noticePage: (release: Release) => string): AwardRow[] {
  const parties = new Map((release.parties ?? []).map((party) => [party.id, party]));
  return (release.awards ?? [])
    .filter(({ status }) => !NOT_AWARDED.includes(status ?? 'active'))
    .flatMap((award) =>
      (award.suppliers ?? []).flatMap((supplier) => {
        const party = parties.get(supplier.id ?? '');
        const name = party?.identifier?.legalName ?? supplier.name ?? party?.name ?? '';
        const number = companyNumber(party) ?? numberInId(supplier.id);
        const postcode = party === undefined ? null : postcodeOf(party);
        if (name.trim() === '' || (number === null && postcode === null)) return [];
        const nameKey = companyNameKey(name);
        return [
          {
            ocid: release.ocid,
            award_id: award.id,
            supplier_key: number ?? `${nameKey}|${postcode}`,
            supplier_number: number,
            name_key: nameKey,
            postcode,
            published_at: release.date,
            document: toDocument(release, award, name.trim(), noticePage),
          },
        ];
      }),
    );
}

function toDocument(
  release: Release,
  award: OcdsAward,
  supplierName: string,
  noticePage: (release: Release) => string,
): AwardRow['document'] {
  const notice = award.documents?.find(({ documentType: type, url }) => type === 'awardNotice' && isHttps(url))?.url;
  return {
    ocid: release.ocid,
    award_id: award.id,
    title: (award.title || release.tender?.title || 'Untitled contract').trim(),
    buyer: release.buyer?.name?.trim() || null,
    amount: award.value?.amount ?? null,
    currency: award.value?.currency ?? null,
    awarded_on: toDay(award.date),
    published_on: release.date.slice(0, 10),
    starts_on: toDay(award.contractPeriod?.startDate),
    ends_on: toDay(award.contractPeriod?.endDate),
    supplier_name: supplierName,
    suppliers: award.suppliers?.length ?? 0,
    notice_url: notice ?? noticePage(release),
  };
}

function companyNumber(party: Party | undefined): string | null {
  const identifiers = [party?.identifier, ...(party?.additionalIdentifiers ?? [])];
  const own = identifiers.find((identifier) => identifier?.scheme === COMPANIES_HOUSE && identifier.id);
  return own?.id ? parseCompanyNumber(own.id) : null;
}

/** Such as `GB-COH-04482788`, also where the list of parties lacks the supplier. */
function numberInId(id: string | null | undefined): string | null {
  return id?.startsWith(`${COMPANIES_HOUSE}-`) ? parseCompanyNumber(id.slice(COMPANIES_HOUSE.length + 1)) : null;
}

/** Some notices write the whole address into the street. */
function postcodeOf({ address }: Party): string | null {
  return postcodeKey(address?.postalCode) ?? postcodeKey(POSTCODE_AT_END.exec(address?.streetAddress ?? '')?.[1]);
}

function isHttps(url: string | null | undefined): boolean {
  return url?.startsWith('https://') === true && URL.canParse(url);
}
