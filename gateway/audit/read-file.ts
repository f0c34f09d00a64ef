import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type AuditEntry, auditEntrySchema, byTime, foundBy } from './entry.ts';

const lineSchema = auditEntrySchema.extend({ name: z.literal('audit') }).transform(({ name, ...entry }) => entry);

/** Entries of a file of lines that are found by any of these references, the oldest first. Other lines may stand between them. */
export async function readFileEntries(
  path: string,
  references: readonly string[],
  since: Date | null,
): Promise<AuditEntry[]> {
  const wanted = new Set(references);
  const from = since?.toISOString() ?? '';
  const entries: AuditEntry[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const entry = parseLine(line);
    if (entry && entry.time >= from && foundBy(entry).some((reference) => wanted.has(reference))) entries.push(entry);
  }
  return entries.sort(byTime);
}

function parseLine(line: string): AuditEntry | null {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
