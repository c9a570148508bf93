/** Mean and variance of a sample, with the standard error of each: sqrt(var / n) and sqrt((m4 - var^2) / n). */
export function describeSample(sample: readonly number[]): {
  readonly mean: number;
  readonly variance: number;
  readonly meanError: number;
  readonly varianceError: number;
} {
  const n = sample.length;
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n;
  const mean = average(sample);
  const variance = average(sample.map((value) => (value - mean) ** 2));
  const fourthMoment = average(sample.map((value) => (value - mean) ** 4));
  return {
    mean,
    variance,
    meanError: Math.sqrt(variance / n),
    varianceError: Math.sqrt((fourthMoment - variance ** 2) / n),
  };
}
