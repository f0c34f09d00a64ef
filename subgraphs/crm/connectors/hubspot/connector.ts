import type { Clock } from '../../../../common/clock.ts';
import type { RecordCache } from '../../../shared/record-cache.ts';
import type { UpstreamClientDeps } from '../../../shared/upstream/client.ts';
import type { CrmSource } from '../../source.ts';
import { createHubspotApi } from './api.ts';
import { createAssociationReader } from './associations.ts';
import { type HubspotConfig, hubspotConfigSchema } from './config.ts';
import { createDirectory } from './directory.ts';
import { createForget } from './forget.ts';
import { createLists } from './lists.ts';
import { createLookups } from './lookups.ts';
import { createNoteWriter } from './notes.ts';
import { SINGULARS } from './object-types.ts';
import { ACTIVITIES, COMPANIES, CONTACTS, createObjectReader, DEALS, TICKETS } from './objects.ts';
import { createOwnedReader } from './owned.ts';
import { createOwnershipReader } from './ownership.ts';
import { createPartyReader } from './parties.ts';
import { createPartyList } from './party-list.ts';
import { createPlaces } from './places.ts';
import { createSearcher } from './searcher.ts';

export interface HubspotDeps extends UpstreamClientDeps {
  cache: RecordCache;
  clock: Clock;
}

/** HubSpot's CRM as a source of the domain. See NOTES.md beside this file for what HubSpot does otherwise. */
export function createHubspotSource(input: HubspotConfig, deps: HubspotDeps): CrmSource {
  const config = hubspotConfigSchema.parse(input);
  const { cache, clock } = deps;
  const source = config.name;
  const api = createHubspotApi(config, deps);
  const objects = createObjectReader({ api, cache, config, clock });
  const associations = createAssociationReader({ api, cache, source });
  const searcher = createSearcher({ api, objects, source });
  const lookups = createLookups({ objects, searcher, cache, config });
  const { ownership, partiesOf } = createOwnershipReader({ associations, source });
  const parties = createPartyReader({ objects, associations, lookups, ownership, config });
  const { people, ...directory } = createDirectory({ api, cache, source });
  return {
    name: source,
    vendor: 'hubspot',
    companies: (ids, context) => objects.read(COMPANIES, ids, context),
    contacts: (ids, context) => objects.read(CONTACTS, ids, context),
    deals: (ids, context) => objects.read(DEALS, ids, context),
    tickets: (ids, context) => objects.read(TICKETS, ids, context),
    activities: async (type, ids, context) => {
      const kind = ACTIVITIES.find((one) => SINGULARS[one.type] === type);
      return kind ? objects.read(kind, ids, context) : ids.map(() => null);
    },
    ...directory,
    ...createLists({ objects, associations }),
    ownership,
    partiesOf,
    parties: parties.parties,
    partyList: createPartyList({ api, objects, associations, parties, cache, source }),
    forget: createForget({ cache, source }),
    placesOf: createPlaces({ cache, source }),
    addNote: createNoteWriter({ api, cache, objects, clock, source }),
    owned: createOwnedReader({ api, objects, cache, source, people }),
    close: api.close,
  };
}
