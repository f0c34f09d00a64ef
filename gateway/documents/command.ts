import { parseArgs } from 'node:util';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { readStateFile } from '../clients/state-file.ts';
import { CollectError, type CollectedDocument, collectDocuments } from './collect.ts';
import { editDocuments, parseDocumentFile } from './document-file.ts';

export interface DocumentsCommandDeps {
  documentsFile: string;
  /** What clients may ask, without regard to rights. */
  readSchema(): Promise<GraphQLSchema>;
}

/** `answer` is what a script reads, on stdout; `note` is for the person, on stderr. */
export interface CommandOutput {
  note?: string;
  answer?: string;
}

const USAGE = `npm run documents -- COMMAND

  publish DIR
      Registers the operations of a frontend: DIR holds .graphql files, or a manifest of GraphQL Code Generator
      (persisted-documents.json) or of Apollo (persisted-query-manifest.json). Prints each operation's id. Run it when
      the frontend is built, before it goes live; documents of earlier versions stay.
  list
  remove ID
`;

export async function runDocumentsCommand(args: readonly string[], deps: DocumentsCommandDeps): Promise<CommandOutput> {
  const [command = '', operand, ...rest] = parsePositionals(args);
  if (rest.length > 0) throw new CollectError(USAGE);
  if (command === 'publish' && operand !== undefined) return publish(operand, deps);
  if (command === 'list' && operand === undefined) return list(deps);
  if (command === 'remove' && operand !== undefined) return remove(operand, deps);
  throw new CollectError(USAGE);
}

async function publish(folder: string, { documentsFile, readSchema }: DocumentsCommandDeps): Promise<CommandOutput> {
  const collected = await collectDocuments(folder);
  if (collected.length === 0) throw new CollectError(`There are no operations in ${folder}`);
  const schema = await readSchema();
  const problems = collected.flatMap((document) => problemsOf(document, schema));
  if (problems.length > 0) throw new CollectError(`Nothing was registered:\n${problems.join('\n')}`);
  const texts = collected.map(({ hash, query }) => [hash, query] as const);
  const before = await editDocuments(documentsFile, (documents) => new Map([...documents, ...texts]));
  const fresh = collected.filter(({ hash }) => !before.has(hash)).length;
  return {
    note: `${collected.length} operations, ${fresh} of them new, are registered in ${documentsFile}`,
    answer: JSON.stringify(Object.fromEntries(collected.map(({ name, hash }) => [name, `sha256:${hash}`])), null, 2),
  };
}

async function list({ documentsFile }: DocumentsCommandDeps): Promise<CommandOutput> {
  const documents = parseDocumentFile(documentsFile, await readStateFile(documentsFile));
  if (documents.size === 0) return { note: 'No documents yet.' };
  return { answer: [...documents].map(([hash, query]) => `sha256:${hash}  ${firstLine(query)}`).join('\n') };
}

async function remove(id: string, { documentsFile }: DocumentsCommandDeps): Promise<CommandOutput> {
  const hash = id.replace(/^sha256:/, '');
  const before = await editDocuments(
    documentsFile,
    (documents) => new Map([...documents].filter(([known]) => known !== hash)),
  );
  if (!before.has(hash)) throw new CollectError(`There is no document ${id}`);
  return { note: `${id} is not registered any more.` };
}

function problemsOf({ name, query }: CollectedDocument, schema: GraphQLSchema): string[] {
  return validate(schema, parse(query)).map(({ message }) => `  ${name}: ${message}`);
}

function firstLine(query: string): string {
  return query.trim().split('\n', 1)[0] ?? '';
}

function parsePositionals(args: readonly string[]): string[] {
  try {
    return parseArgs({ args: [...args], allowPositionals: true }).positionals;
  } catch {
    throw new CollectError(USAGE);
  }
}
