/** Less than this has been done: an estimate would jump about. */
const leastFraction = 0.05;

/** How much longer work will take that has gone on evenly so far. */
export interface RemainingTime {
  /** Seconds left, rounded up; null while too little is known. `fraction` is of the work, in [0, 1]. */
  estimate(fraction: number | undefined): number | null;
}

/** Starts to watch. Work whose fraction falls back has begun anew. */
export function watchRemainingTime(now: () => number = () => performance.now()): RemainingTime {
  let first: { fraction: number; at: number } | null = null;
  let last = 0;
  return {
    estimate(fraction) {
      if (fraction === undefined) {
        first = null;
        return null;
      }
      const at = now();
      if (first === null || fraction < last) first = { fraction, at };
      last = fraction;
      const done = fraction - first.fraction;
      if (done < leastFraction) return null;
      return Math.ceil((((at - first.at) / done) * (1 - fraction)) / 1000);
    },
  };
}

/** `42 s`, `3 min 05 s`, `1 h 12 min`. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')} min`;
}
