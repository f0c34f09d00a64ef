import type { ExecutionErrorBody } from '../../common/transport.ts';

/** What an operation came to; its data as it is, or as JSON text already. */
export interface AnswerBody<Data = ObjectData | JsonText> {
  errors?: readonly ExecutionErrorBody[];
  data: Data;
  extensions?: Readonly<Record<string, unknown>>;
}

export type ObjectData = Record<string, unknown> | null;

/** A value as its JSON text. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export function answerText({ errors, data, extensions }: AnswerBody): string {
  const before = errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`;
  const after = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`;
  return `{${before}"data":${data instanceof JsonText ? data.text : JSON.stringify(data)}${after}}`;
}
