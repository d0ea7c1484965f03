import type { ProgressEvent, WorkflowGraph } from '@dgx-pixels/comfy-client';
import type { Progress } from './output/progress.ts';

/**
 * Shows how far a run is: steps of its samplers, all of them together as the whole.
 *
 * @param subject - said before the step, such as the name of the template
 * @param part - which part of all work the run is, from and to, in [0, 1]
 */
export function showRunProgress(
  progress: Progress,
  graph: WorkflowGraph,
  subject: string,
  [from, to]: readonly [number, number] = [0, 1],
): (event: ProgressEvent) => void {
  const samplers = Object.values(graph).filter(({ class_type }) => class_type.startsWith('KSampler')).length;
  const done = new Map<string | null, number>();
  return (event) => {
    if (event.type !== 'progress' || event.max <= 0) return;
    done.set(event.nodeId, Math.min(1, event.value / event.max));
    const share = [...done.values()].reduce((sum, part) => sum + part, 0) / Math.max(samplers, done.size);
    progress.update(`${subject}step ${event.value} of ${event.max}`, from + (to - from) * share);
  };
}
