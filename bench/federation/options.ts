import { parseArgs } from 'node:util';
import { GATEWAYS, type Gateway } from './gateways.ts';
import { OPERATIONS, type OperationName } from './operations.ts';

const USAGE = `npm run bench:federation -- [options]

  --gateways a,b       which ones, in this order (default: all): ${GATEWAYS.map(({ name }) => name).join(', ')}
  --query big          big, small or all (default: all)
  --rounds 3           how often each gateway is started and measured
  --seconds 10         how long each is measured
  --warm 5             how long each is warmed up, in seconds
  --connections 50     requests under way at any time
  --subgraphs memo     memo: stored answers, so that the gateway is measured; exec: executed each time
  --delay 0            how long the subgraphs wait before they answer, in ms
  --node-options "..." flags of all gateways that run on Node (default: --max-semi-space-size=128)
  --wait 30            how long to wait for an idle machine before each start, in seconds
  --write              write the results, their table and their pictures into bench/federation
`;

export interface Options {
  gateways: readonly Gateway[];
  queries: readonly OperationName[];
  rounds: number;
  seconds: number;
  warm: number;
  connections: number;
  subgraphs: 'memo' | 'exec';
  delay: number;
  nodeOptions: string;
  wait: number;
  write: boolean;
}

/** Ends the process where they cannot be read. */
export function readOptions(args: string[], defaults: { gateways: string; query: string } = ALL): Options {
  try {
    return parseOptions(args, defaults);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(1);
  }
}

const ALL = { gateways: GATEWAYS.map(({ name }) => name).join(','), query: 'all' };

function parseOptions(args: string[], defaults: { gateways: string; query: string }): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      gateways: { ...text, default: defaults.gateways },
      query: { ...text, default: defaults.query },
      rounds: { ...text, default: '3' },
      seconds: { ...text, default: '10' },
      warm: { ...text, default: '5' },
      connections: { ...text, default: '50' },
      subgraphs: { ...text, default: 'memo' },
      delay: { ...text, default: '0' },
      'node-options': { ...text, default: '--max-semi-space-size=128' },
      wait: { ...text, default: '30' },
      write: { type: 'boolean', default: false },
    },
  });
  return {
    gateways: values.gateways.split(',').map(gatewayNamed),
    queries: values.query === 'all' ? (Object.keys(OPERATIONS) as OperationName[]) : [oneOf(OPERATIONS, values.query)],
    rounds: numberOf('rounds', values.rounds),
    seconds: numberOf('seconds', values.seconds),
    warm: numberOf('warm', values.warm),
    connections: numberOf('connections', values.connections),
    subgraphs: oneOf({ memo: true, exec: true }, values.subgraphs),
    delay: numberOf('delay', values.delay),
    nodeOptions: values['node-options'],
    wait: numberOf('wait', values.wait),
    write: values.write,
  };
}

function gatewayNamed(name: string): Gateway {
  const found = GATEWAYS.find((gateway) => gateway.name === name);
  if (!found) throw new Error(`There is no gateway "${name}"`);
  return found;
}

function oneOf<Names extends object>(names: Names, name: string): keyof Names {
  if (!Object.hasOwn(names, name)) throw new Error(`Expected ${Object.keys(names).join(' or ')}, not "${name}"`);
  return name as keyof Names;
}

function numberOf(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name}: expected a whole number, not "${text}"`);
  return Number(text);
}
