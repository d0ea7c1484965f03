import type { TrainingPlan } from '@dgx-pixels/lora-trainer';
import { durationText } from '../output/remaining-time.ts';

/** A plan for people to read. */
export function planLines(plan: TrainingPlan): readonly string[] {
  const { config, base, dataset, adapter, memory, diskBytes, time, updates, samples, epochs, threads } = plan;
  const { training, validation, checkpoint } = config;
  const device = training.device === 'cpu' ? `cpu, ${threads} threads` : training.device;
  const rate = `learning rate ${training.learningRate} ${training.schedule}, warm-up ${training.warmupSteps}`;
  return [
    row('preset', config.preset),
    ...(base === null ? [] : [row('base', `${base.name} (${base.kind}, ${millions(base.parameters)} parameters)`)]),
    ...(dataset === null
      ? []
      : [
          row('set', `${dataset.name}: ${dataset.train} pictures to train on, ${dataset.heldOut} held out`),
          row('licences', dataset.licences.map(({ spdx, pictures }) => `${spdx} ${pictures}`).join(', ')),
        ]),
    row('pictures', `${config.size}×${config.size}, factor ${config.factor ?? 'as fits'}`),
    row(
      'updates',
      `${updates} of ${training.batchSize * training.accumulation} pictures: ${samples} in all, each ${epochs.toFixed(1)} times`,
    ),
    row('training', `${training.precision} on ${device}, ${rate}`),
    ...(adapter === null
      ? []
      : [
          row(
            'adapter',
            `rank ${config.adapter.rank} on ${adapter.modules} layers (${config.adapter.targets}), ${(adapter.tensorBytes / 1e6).toFixed(1)} MB`,
          ),
        ]),
    ...workLines(plan),
    row('checks', `validation every ${validation.every} updates, a checkpoint every ${checkpoint.every}`),
    ...(memory === null ? [] : [row('memory', `about ${gigabytes(memory.total)}`)]),
    ...(diskBytes === null ? [] : [row('disk', `about ${gigabytes(diskBytes)}`)]),
    row('time', time === null ? 'unknown here: --canary measures it' : timeText(time)),
  ];
}

function workLines({ updateOperations, totalOperations }: TrainingPlan): readonly string[] {
  if (updateOperations === null || totalOperations === null) return [];
  return [row('work', `${operations(updateOperations)} an update, ${operations(totalOperations)} in all`)];
}

function timeText({ lowSeconds, highSeconds, origin, basis }: NonNullable<TrainingPlan['time']>): string {
  const range = `${durationText(Math.round(lowSeconds))} to ${durationText(Math.round(highSeconds))}`;
  return `${range} (${origin}: ${basis})`;
}

function row(name: string, text: string): string {
  return `${name.padEnd(9)} ${text}`;
}

function operations(value: number): string {
  const units = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return `${(value / 1000 ** power).toFixed(1)} ${units[power]}FLOP`;
}

function millions(value: number): string {
  return `${(value / 1e6).toFixed(1)} M`;
}

function gigabytes(bytes: number): string {
  return bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
