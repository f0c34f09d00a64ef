import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'undici';
import type { Question } from './questions.ts';

export interface Asked {
  question: Question;
  ms: number;
  /** How long since the turn began. */
  sentAtMs: number;
  outcome: 'whole' | 'failed' | 'open';
}

export interface LoadOptions {
  pool: Pool;
  token: string;
  perSecond: number;
  seconds: number;
  onAnswer?: (asked: Asked) => void;
}

/** Sends each question so many times a second, whatever becomes of those before. */
export async function steadyLoad(questions: readonly Question[], options: LoadOptions): Promise<Asked[]> {
  const { pool, token, perSecond, seconds, onAnswer } = options;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const began = performance.now();
  const sending: Promise<Asked>[] = [];
  const send = async (question: Question, id: string): Promise<Asked> => {
    const body = JSON.stringify({ query: question.query, variables: { id } });
    const sentAt = performance.now();
    const response = await pool.request({ path: '/graphql', method: 'POST', headers, body });
    const text = await response.body.text();
    const asked = {
      question,
      ms: performance.now() - sentAt,
      sentAtMs: sentAt - began,
      outcome: outcomeOf(response.statusCode, text),
    };
    onAnswer?.(asked);
    return asked;
  };
  // Chance keeps the same question from waiting for the same other one in every turn.
  const firsts = questions.map(({ ids }) => Math.floor(Math.random() * ids.length));
  for (let count = 0; performance.now() < began + seconds * 1000; count += 1) {
    // One after the other, so that they seldom wait for each other.
    for (const [index, question] of questions.entries()) {
      const dueAt = began + ((count + (index + Math.random()) / questions.length) * 1000) / perSecond;
      if (dueAt > performance.now()) await pause(dueAt - performance.now());
      sending.push(send(question, question.ids[(firsts[index]! + count) % question.ids.length]!));
    }
  }
  return Promise.all(sending);
}

function outcomeOf(status: number, text: string): Asked['outcome'] {
  if (status === 200 && text.startsWith('{"data":{')) return 'whole';
  return text.includes('the circuit is open') ? 'open' : 'failed';
}
