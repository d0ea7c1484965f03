import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** feature_flags as a client's first message are answered with the server's. */
export const featureFlagsAreAnswered: ConformanceCheck = {
  id: 'feature-flags-are-answered',
  area: 'events',
  statement: "feature_flags as a client's first message are answered with the server's",
  async run(context) {
    const socket = await context.openSocket();
    socket.send({ type: 'feature_flags', data: { supports_preview_metadata: true } });
    const { data } = await socket.until('feature_flags', ({ type }) => type === 'feature_flags');
    return compare(true, data['supports_preview_metadata']);
  },
};
