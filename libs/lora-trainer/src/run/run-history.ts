import type { TrainEvent } from '../protocol/train-event.ts';

type EventOf<Type extends TrainEvent['type']> = Extract<TrainEvent, { type: Type }>;

/** One update, as far as curves need it. */
export interface StepPoint {
  readonly step: number;
  /** null: it was not finite, and skipped. */
  readonly loss: number | null;
  readonly lossByBin: readonly (number | null)[];
  readonly seconds: number;
  readonly learningRate: number;
}

/** What became of a run, told by its events. Updates that a resumed run made again count once. */
export class RunHistory {
  hello: EventOf<'hello'> | null = null;
  /** Of the newest process. */
  phase: EventOf<'phase'>['phase'] | null = null;
  step = 0;
  steps: StepPoint[] = [];
  validations: EventOf<'validation'>[] = [];
  checkpoints: EventOf<'checkpoint'>[] = [];
  readonly warnings: EventOf<'warning'>[] = [];
  /** Of the newest process: null while it runs, or when it was killed. */
  error: EventOf<'error'> | null = null;
  bye: EventOf<'bye'> | null = null;
  /** Times of the processes that said good-bye. */
  readonly farewells: EventOf<'bye'>[] = [];
  /** How many processes worked on the run. */
  processes = 0;
  last: TrainEvent | null = null;
  skipped = 0;
  peakMemoryBytes = 0;

  /** Takes the next event. */
  add(event: TrainEvent): void {
    this.last = event;
    switch (event.type) {
      case 'hello':
        this.#begin(event);
        return;
      case 'phase':
        // A process says its phase before its first words.
        if (this.bye !== null) [this.bye, this.error] = [null, null];
        this.phase = event.phase;
        return;
      case 'heartbeat':
        this.phase = event.phase;
        return;
      case 'step':
        this.#addStep(event);
        return;
      case 'validation':
        this.validations.push(event);
        return;
      case 'checkpoint':
        this.checkpoints.push(event);
        return;
      case 'warning':
        this.warnings.push(event);
        return;
      case 'error':
        this.error = event;
        return;
      case 'bye':
        this.bye = event;
        this.farewells.push(event);
    }
  }

  #begin(hello: EventOf<'hello'>): void {
    [this.hello, this.bye, this.error] = [hello, null, null];
    this.processes++;
    const from = hello.resumedFrom ?? 0;
    this.step = from;
    // What was done after the checkpoint is done again.
    this.steps = this.steps.filter(({ step }) => step <= from);
    this.validations = this.validations.filter(({ step }) => step <= from);
    this.checkpoints = this.checkpoints.filter(({ step }) => step <= from);
    if (hello.resumedFrom === null) this.validations = [];
  }

  #addStep({ step, loss, lossByBin, seconds, learningRate, skipped, memoryBytes }: EventOf<'step'>): void {
    this.step = step;
    this.skipped = skipped;
    this.peakMemoryBytes = Math.max(this.peakMemoryBytes, memoryBytes);
    this.steps.push({ step, loss, lossByBin, seconds, learningRate });
  }
}
