import { join } from 'node:path';
import { z } from 'zod';
import { type Parsed, setting } from '../../common/settings.ts';

/** Which documents callers may send. */
export const documentSettings = {
  documentsFile: setting({
    name: 'TRUSTED_DOCUMENTS_FILE',
    schema: z.string(),
    default: null,
    description: 'the registered documents; default documents.json in STATE_DIR',
  }),
  documents: setting({
    name: 'ACCEPTED_DOCUMENTS',
    schema: z.enum(['any', 'trusted'], 'expected any or trusted'),
    default: 'any',
    description: 'what callers may send for whom the registry says nothing: any document, or only registered ones',
  }),
} as const;

export function documentsFileOf(
  settings: Pick<Parsed<typeof documentSettings>, 'documentsFile'> & { stateDir: string },
): string {
  return settings.documentsFile ?? join(settings.stateDir, 'documents.json');
}
