import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RowsWorld, startRows } from './rows-fixture.ts';
import { PATHS, type Path } from './rows-paths.ts';
import { type RulePair, rulesAbout } from './rows-rules.ts';
import { absentSubject, readSubjects, type Subject, stable } from './rows-subjects.ts';

let world: RowsWorld;
let subjects: Subject[];

beforeAll(async () => {
  world = await startRows();
  subjects = await readSubjects(world);
}, 60_000);

afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

let cells = 0;

test.each(PATHS.map((path) => [path.name, path] as const))(
  '%s: what a rule allows is all there, what it does not is like what does not exist',
  async (_name, path) => {
    const own = subjects.filter((one) => path.variables(one) !== null).slice(0, SUBJECTS);
    expect(own).toHaveLength(SUBJECTS);
    for (const subject of own) await tryAll(path, subject);
  },
  60_000,
);

/** Of each path. */
const SUBJECTS = 2;

async function tryAll(path: Path, subject: Subject): Promise<void> {
  const absent = absentSubject();
  const full = await answerTo('all', path, subject);
  expect({ errors: full.errors, isThere: hasContent(full.data) }).toEqual({ errors: null, isThere: true });
  for (const pair of rulesAbout(world, subject)) {
    const seen = await answerTo(pair.allowing, path, subject);
    const isSeen = !pair.hasChannels || path.isOfOrder === true;
    const expected = isSeen ? comparable(full, pair) : await answerTo(pair.allowing, path, absent);
    expect({ pair, ...comparable(seen, pair) }).toEqual({ pair, ...expected });
    const hidden = await answerTo(pair.denying, path, subject);
    expect({ pair, ...hidden }).toEqual({ pair, ...(await answerTo(pair.denying, path, absent)) });
    for (const answer of isSeen ? [hidden] : [hidden, seen]) {
      const text = JSON.stringify(answer);
      expect({ pair, found: subject.canaries.filter((canary) => text.includes(canary)) }).toEqual({
        pair,
        found: [],
      });
    }
    cells += 2;
  }
}

test('the matrix is as big as it should be', () => {
  process.stdout.write(`row rules: ${cells} cells\n`);
  expect(cells).toBeGreaterThan(1800);
});

interface Answered {
  data: unknown;
  errors: unknown;
}

async function answerTo(rows: unknown, { subgraph, query, variables }: Path, subject: Subject): Promise<Answered> {
  // Cast: `stable` keeps the two fields.
  return stable(await world.as(rows)(subgraph, query, variables(subject)!)) as Answered;
}

/** Under a rule on channels nobody's customer can be told, so that an order's is null. */
function comparable(answer: Answered, { hasChannels }: RulePair): Answered {
  if (!hasChannels) return answer;
  return JSON.parse(JSON.stringify(answer, (key, value) => (key === 'customer' ? null : value)));
}

function hasContent(data: unknown): boolean {
  return JSON.stringify(data, (key, value) => (key === '__typename' ? undefined : value)).length > 60;
}
