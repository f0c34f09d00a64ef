import type { GatewayMetrics } from '../../common/metrics/gateway-metrics.ts';
import type { Answer } from '../execution/answer.ts';

/** Counts one operation, and the codes of its errors. */
export function countAnswer(
  metrics: GatewayMetrics,
  answer: Answer,
  { clientId, ms }: { clientId: string | null; ms: number },
): void {
  const errors = (answer.kind === 'executed' ? answer.body.errors : answer.errors) ?? [];
  const executed = errors.length > 0 ? 'errors' : 'ok';
  metrics.onOperation({ clientId, outcome: answer.kind === 'executed' ? executed : answer.reason, ms });
  if (errors.length > 0) metrics.onErrors(new Set(errors.map(({ extensions }) => String(extensions?.code))));
}
