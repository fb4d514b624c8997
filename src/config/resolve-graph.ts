import type { ResolvedCloud } from './clouds.js';
import type { ResolvedGraph } from './resolved.js';
import type { CheckedGraph } from './schema.js';

/** Milliseconds. A wait takes seconds to minutes there, and 10,000 requests in 10 minutes are allowed to a mailbox. */
const forMicrosoft = [2000, 2000, 2000, 2000, 2000, 3000];
const forStandIn = [50, 100, 250];

/** Where a Graph connection reads and sends, and how often it looks. */
export function resolveGraph(
  definition: CheckedGraph,
  { graph, isStandIn }: ResolvedCloud,
): Pick<ResolvedGraph, 'url' | 'pollIntervals' | 'addressing'> {
  return {
    url: `${graph}/v1.0`,
    pollIntervals: definition.pollIntervals ?? (isStandIn ? forStandIn : forMicrosoft),
    addressing: definition.addressing ?? 'plus',
  };
}
