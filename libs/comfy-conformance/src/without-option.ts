import type { ConformanceContext } from './conformance-context.ts';
import { Unavailable } from './finding.ts';

/** Makes sure that the server was not started with an option that turns off what is checked. @throws Unavailable */
export function withoutOption({ target }: ConformanceContext, option: string): void {
  const words = target.stats.system.argv ?? [];
  if (words.includes(option)) throw new Unavailable(`the server was started with ${option}`);
}
