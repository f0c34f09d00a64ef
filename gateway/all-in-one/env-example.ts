import { writeFileSync } from 'node:fs';
import type { SettingRow } from '../../common/settings.ts';
import { type EnvSection, envSections } from './env-sections.ts';

/** The file that lists every setting; `npm run env-example` writes it. */
export const ENV_EXAMPLE = new URL('../../.env.example', import.meta.url);

const HEAD = `# Every setting of every part, with its default. Written by "npm run env-example" from the tables in the code.
#
# All are environment variables; an empty one counts as unset. A secret may stand in a file instead: the variable with
# _FILE behind its name holds the path. Settings of a source begin with the source's name in upper case: a second
# WooCommerce named "outlet" reads OUTLET_URL. Wrong settings end the start with one message that names all of them.
`;

/** The text of .env.example, from the tables of settings. */
export function renderEnvExample(): string {
  return [HEAD, ...envSections().map(renderSection)].join('\n');
}

function renderSection({ title, rows }: EnvSection): string {
  return [`# --- ${title} ---`, '', ...rows.map(renderRow)].join('\n');
}

function renderRow(row: SettingRow): string {
  const { name, description, isRequired, secret, default: fallback } = row;
  const facts = [isRequired ? 'Required.' : '', secret ? `Secret; or a file: ${name}_FILE.` : ''].filter(Boolean);
  const sentence = `${description[0]?.toUpperCase()}${description.slice(1).replace(/\.$/, '')}.`;
  return `${[`# ${sentence}`, ...facts].join(' ')}\n#${name}=${fallback ?? ''}\n`;
}

if (import.meta.main) writeFileSync(ENV_EXAMPLE, renderEnvExample());
