import { MapPin } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { ExternalLink } from '@/components/evidence/external-link';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CardContent } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { listCompanyFacts } from '@/lib/companies/company-repository';
import type { Company } from '@/lib/companies/schema';
import { canShowPlaces, livePlaceOf } from '@/lib/sources/places/live-place';
import type { LivePlace, Place } from '@/lib/sources/places/schema';
import { userClient } from '@/lib/supabase/user-client';
import { signedInUser } from '../../signed-in-user';
import { Panel } from './panels';

const STATUS_WORDS: Readonly<Record<string, string>> = {
  OPERATIONAL: 'Open for business',
  CLOSED_TEMPORARILY: 'Temporarily closed',
  CLOSED_PERMANENTLY: 'Permanently closed',
};

type PlacePanelProps = {
  company: Company;
  /** A person asked for it: each look costs the installation money, so no page view does it by itself. */
  isWanted: boolean;
};

/** What Google Maps knows of the company right now. Nothing of it is kept, so it stands apart from facts and reports. */
export async function PlacePanel({ company, isWanted }: PlacePanelProps) {
  return (
    <Panel id="place" title="On Google Maps">
      {await contentOf(company, isWanted)}
    </Panel>
  );
}

async function contentOf(company: Company, isWanted: boolean): Promise<ReactNode> {
  if (!canShowPlaces()) return <PlaceView place={{ state: 'not_configured' }} />;
  if (isWanted) return <PlaceView place={await readPlace(company)} />;
  return (
    <EmptyState
      icon={MapPin}
      title="Not looked up"
      className="py-8"
      action={
        <Button asChild size="sm">
          <Link href={`/companies/${company.id}?place=live#place`} prefetch={false}>
            Look up on Google Maps
          </Link>
        </Button>
      }
    >
      Google’s entry is shown when you ask for it and is not kept: it is no part of reports, scores or exports.
    </EmptyState>
  );
}

async function readPlace(company: Company): Promise<LivePlace> {
  const facts = await listCompanyFacts(userClient((await signedInUser()).accessToken), company.id);
  const website = facts.find(({ field }) => field === 'website')?.value;
  return livePlaceOf({
    id: company.id,
    name: company.name,
    postcode: company.postal_code,
    website: typeof website === 'string' ? website : null,
  });
}

function PlaceView({ place }: { place: LivePlace }) {
  switch (place.state) {
    case 'not_configured':
      return (
        <EmptyState icon={MapPin} title="Not set up" className="py-8">
          This installation has no key for Google Places, so nothing was looked up.
        </EmptyState>
      );
    case 'not_found':
      return (
        <EmptyState icon={MapPin} title="No place found" className="py-8">
          Google Maps has no place with this name at the registered postcode. It may trade elsewhere or under another
          name.
        </EmptyState>
      );
    case 'unavailable':
      return (
        <CardContent>
          <Alert tone="warning" title="Could not be looked up">
            {place.reason}.
          </Alert>
        </CardContent>
      );
    case 'found':
      return <PlaceDetails place={place.place} />;
  }
}

function PlaceDetails({ place }: { place: Place }) {
  const status = place.businessStatus && (STATUS_WORDS[place.businessStatus] ?? null);
  const attributions = (place.attributions ?? []).flatMap(({ provider, providerUri }) =>
    provider ? [{ provider, providerUri }] : [],
  );
  return (
    <CardContent className="flex flex-col gap-3 text-sm">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2">
        <Detail term="Name">{place.displayName?.text}</Detail>
        <Detail term="Address">{place.formattedAddress}</Detail>
        <Detail term="Phone">{place.nationalPhoneNumber}</Detail>
        <Detail term="Web site">
          {place.websiteUri && <ExternalLink href={place.websiteUri}>{place.websiteUri}</ExternalLink>}
        </Detail>
        <Detail term="Status">{status}</Detail>
      </dl>
      <p className="text-muted-foreground text-xs">
        {place.googleMapsUri ? (
          <ExternalLink href={place.googleMapsUri} className="text-xs">
            Google Maps
          </ExternalLink>
        ) : (
          <span translate="no">Google Maps</span>
        )}
        , read just now and not kept.
        {attributions.length > 0 && ` Listings by ${attributions.map(({ provider }) => provider).join(', ')}.`}
      </p>
    </CardContent>
  );
}

function Detail({ term, children }: { term: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <>
      <dt className="text-muted-foreground">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
