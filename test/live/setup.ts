import { installMedusa } from './medusa-install.ts';
import { findPostgres } from './postgres-binaries.ts';

/** What the live tests need on this machine, once, before any of them: so that what is missing is said once as well. */
export default async function setup(): Promise<void> {
  await findPostgres(null);
  await installMedusa();
}
