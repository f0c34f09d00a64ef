import { instantOn } from './calendar.ts';
import type { HubspotOwner } from './records.ts';
import type { World } from './world.ts';

const STAFF = [
  ['Olga', 'Opiekun', 'Firmy'],
  ['Piotr', 'Handlowy', 'Firmy'],
  ['Łukasz', 'Kluczowy', 'Firmy'],
  ['Ewa', 'Obsługa', 'Klienci indywidualni'],
  ['Żaneta', 'Reklamacja', 'Klienci indywidualni'],
] as const;

/** The sellers who look after customers in the CRM. */
export function makeOwners(world: World): HubspotOwner[] {
  const madeAt = instantOn(world.firstDay - 400, 9);
  const owners = STAFF.map(([firstName, lastName, team], index) => ({
    id: 71_001 + index,
    userId: 7_100_001 + index,
    email: `${['olga', 'piotr', 'lukasz', 'ewa', 'zaneta'][index]}@biuroikawa.example`,
    firstName,
    lastName,
    team,
    createdAt: madeAt,
    updatedAt: madeAt,
  }));
  for (const owner of owners) world.hubspot.owners.set(owner.id, owner);
  return owners;
}
