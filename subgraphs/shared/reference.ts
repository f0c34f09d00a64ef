/** Names one record of one source: `woo:order:123`. References are the ids of the graph. */
export interface Reference {
  source: string;
  type: string;
  remoteId: string;
}

/** Sources and types hold no colon, so the parts are unambiguous; sealed guest ids are the longest remote ids. */
const PATTERN = /^([a-z][a-z0-9_]{0,63}):([a-z][a-z0-9_]{0,63}):([\x21-\x7e]{1,4096})$/;

export function parseReference(text: string): Reference | null {
  const [, source, type, remoteId] = PATTERN.exec(text) ?? [];
  return source && type && remoteId ? { source, type, remoteId } : null;
}

export function formatReference(source: string, type: string, remoteId: string | number): string {
  return `${source}:${type}:${remoteId}`;
}
