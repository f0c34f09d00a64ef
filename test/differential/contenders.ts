import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { print } from 'graphql';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { composeGraph } from './compose.ts';
import { type Faults, NO_FAULTS } from './faults.ts';
import { type GraphFacts, readFacts } from './graph-facts.ts';
import type { TestGraph } from './graphs/graph.ts';
import { createMonolith } from './monolith.ts';
import { createOurs } from './ours.ts';
import { createReference, TOO_MANY_WAYS } from './reference.ts';
import { createRun, type Run } from './run.ts';
import { createSubgraph } from './subgraph.ts';
import type { World } from './universe.ts';

/** One graph behind our gateway, behind ApolloGateway and as a monolith. */
export interface Contenders extends AsyncDisposable {
  graph: TestGraph;
  facts: GraphFacts;
  schema: GraphQLSchema;
  subgraphs: readonly string[];
  /** Null where the operation is too large to plan: that could take minutes. */
  run(one: Case): Promise<Outcome | null>;
}

/** All that decides an answer. */
export interface Case {
  document: DocumentNode;
  variables: Record<string, unknown>;
  world: World;
  faults: Faults;
}

export interface Outcome {
  faults: Faults;
  ours: Answered;
  reference: Answered;
  /** What the answer must be where the faults are only of values that no plan needs. */
  truth: Answered;
  /** What the answer would be if nothing failed. */
  whole: ExecutionResultBody;
  /** Each value of the truth that fails, none of which hides another. */
  failing: ExecutionResultBody;
}

export interface Answered {
  body: ExecutionResultBody;
  mutations: readonly string[];
  calls: readonly string[];
  problems: readonly string[];
}

export async function startContenders(graph: TestGraph): Promise<Contenders> {
  await using started = new AsyncDisposableStack();
  const { supergraphSdl, documents } = composeGraph(graph);
  const facts = readFacts(documents.values());
  const subgraphs = new Map([...documents].map(([name, document]) => [name, createSubgraph(name, document)]));
  const reference = await createReference(supergraphSdl, subgraphs);
  started.defer(reference.close);
  const ours = await createOurs(supergraphSdl, subgraphs);
  started.defer(ours.close);
  const { schema } = reference;
  const monolith = createMonolith(schema);
  const running = started.move();
  return {
    graph,
    facts,
    schema,
    subgraphs: [...subgraphs.keys()],
    async run({ document, variables, world, faults }) {
      const query = print(document);
      const runs = [faults, faults, faults, NO_FAULTS, faults].map((one) => createRun(facts, world, one));
      const [oursRun, referenceRun, truthRun, wholeRun, failingRun] = runs as [Run, Run, Run, Run, Run];
      const answered = ({ mutations, calls, problems }: Run, body: ExecutionResultBody) => ({
        body,
        mutations,
        calls,
        problems,
      });
      const ourBody = await ours.answer(oursRun, query, variables);
      if (ourBody.errors?.some(({ extensions }) => extensions?.code === 'OPERATION_TOO_LARGE')) return null;
      const theirBody = await reference.answer(referenceRun, query, document, variables);
      if (theirBody.errors?.some(({ message }) => TOO_MANY_WAYS.test(message))) return null;
      return {
        faults,
        ours: answered(oursRun, ourBody),
        reference: answered(referenceRun, theirBody),
        truth: answered(truthRun, toBody(monolith.answer(truthRun, document, variables))),
        whole: toBody(monolith.answer(wholeRun, document, variables)),
        failing: toBody(monolith.allErrors(failingRun, document, variables)),
      };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function toBody(result: ExecutionResult): ExecutionResultBody {
  // Cast: JSON of an answer is an answer.
  return JSON.parse(JSON.stringify(result)) as ExecutionResultBody;
}
