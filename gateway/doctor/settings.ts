import { readSettings, readTogether } from '../../common/settings.ts';
import { identitySettings } from '../../subgraphs/identity/main.ts';
import { readCompanySources } from '../all-in-one/company.ts';

/** The settings that the doctor reads: the product's own, so that it examines what the product will use. */
export function readDoctorSettings(env: Readonly<Record<string, string | undefined>>) {
  const { operatorLinks } = identitySettings;
  return readTogether({
    sources: () => readCompanySources(env),
    own: () => readSettings({ operatorLinks }, env),
  });
}
