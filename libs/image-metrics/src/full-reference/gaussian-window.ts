/** Pixels on either side of the middle of the window. */
export const windowReach = 5;
/** Side of the window, and the shortest side of a picture that holds one. */
export const windowSide = 2 * windowReach + 1;

/** The weights of one side of the window, outermost first, the middle last: a Gaussian with sigma 1.5 that sums to 1. */
export const halfWindow: Float64Array = (() => {
  const whole = Float64Array.from({ length: windowSide }, (_none, index) =>
    Math.exp(-((index - windowReach) ** 2) / (2 * 1.5 * 1.5)),
  );
  const sum = whole.reduce((total, weight) => total + weight, 0);
  return whole.subarray(0, windowReach + 1).map((weight) => weight / sum);
})();
