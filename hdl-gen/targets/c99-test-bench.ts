import { benchNumbers } from '../bench-cases.ts';
import { floatText } from '../identifiers.ts';
import { cComment } from './c99-comment.ts';
import { provenance } from '../provenance.ts';
import type { EmittedDevice, Emission } from '../target.ts';

/** A program that compares the emitted functions with the emulator's numbers and prints `pass` or `fail`. */
export function cTestBench(emission: Emission, device: EmittedDevice, name: string): string[] {
  const { lowerBound, upperBound, cases, start, train } = benchNumbers(emission.model, device);
  const row = (...numbers: readonly number[]): string => `  {${numbers.map(floatText).join(', ')}},`;
  return `
${cComment([`Test bench: ${provenance(emission)[0]}.`, 'Prints pass, or what differs from the emulator and fail.']).join('\n')}
#include "${name}.h"

#include <math.h>
#include <stdio.h>

/* Relative; the mathematical functions of two machines differ in their last bits. */
static const double tolerance = 1e-11;

/* volts, state, seconds, rate, current, state after */
static const double cases[${cases.length}][6] = {
${cases.map(({ volts, state, seconds, rate, current, next }) => row(volts, state, seconds, rate, current, next)).join('\n')}
};

/* volts, seconds, state after */
static const double train[${train.length}][3] = {
${train.map(({ volts, seconds, next }) => row(volts, seconds, next)).join('\n')}
};

static int failures = 0;

static void expect(const char *what, size_t row, double found, double expected, double scale) {
  if (!(fabs(found - expected) <= tolerance * scale)) {
    printf("%s, row %u: found %.17g, expected %.17g\\n", what, (unsigned)row, found, expected);
    failures++;
  }
}

int main(void) {
  const double lower = ${name}_lower_bound();
  const double upper = ${name}_upper_bound();
  const double range = upper - lower;
  expect("lower bound", 0, lower, ${floatText(lowerBound)}, fabs(lower));
  expect("upper bound", 0, upper, ${floatText(upperBound)}, fabs(upper));
  for (size_t row = 0; row < sizeof cases / sizeof *cases; row++) {
    const double *c = cases[row];
    expect("rate", row, ${name}_rate(c[0], c[1]), c[3], fabs(c[3]));
    expect("current", row, ${name}_current(c[0], c[1]), c[4], fabs(c[4]));
    expect("advance", row, ${name}_advance(c[0], c[1], c[2]), c[5], range);
    if (c[0] != 0.0) {
      expect("conductance", row, ${name}_conductance(c[1], c[0]), c[4] / c[0], fabs(c[4] / c[0]));
    }
    double states[3] = {c[1], lower, c[1]};
    const double energy = ${name}_expose(states, 0, 2, 2, c[0], c[2]);
    expect("energy", row, energy, 2.0 * c[0] * c[4] * c[2], fabs(2.0 * c[0] * c[4] * c[2]));
    expect("first of a strip", row, states[0], c[5], range);
    expect("beside a strip", row, states[1], lower, 0.0);
    expect("last of a strip", row, states[2], c[5], range);
  }
  double x = ${floatText(start)};
  for (size_t row = 0; row < sizeof train / sizeof *train; row++) {
    x = ${name}_advance(train[row][0], x, train[row][1]);
    expect("pulse train", row, x, train[row][2], range);
  }
  puts(failures == 0 ? "pass" : "fail");
  return failures == 0 ? 0 : 1;
}`
    .trim()
    .split('\n');
}
