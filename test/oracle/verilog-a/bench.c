/* Reads lines: `c VOLTS PLACE` prints the current and the speed of the place, `p VOLTS SECONDS` the place after a pulse
   that follows those before it. */
#include <stdio.h>

#include "capacitance.h"
#include "operators.h"
#include "module.inc"

static double held(double at) {
  return fmin(fmax(at, 0.0), 1.0);
}

static double speed_at(double v, double at) {
  probe_te = v;
  probe_state = at;
  flow_te = 0.0;
  flow_state = 0.0;
  analog();
  return -flow_state / STATE_CAPACITANCE;
}

/* Classic Runge-Kutta in steps of at most a thousandth of the range; the place stops at its bounds. */
static double after_pulse(double v, double seconds, double at) {
  double remaining = seconds;
  for (int step = 0; remaining > 0.0 && step < 1000000; step++) {
    const double k1 = speed_at(v, at);
    const double h = fmin(remaining, fmin(seconds / 100.0, 1e-3 / fabs(k1)));
    const double k2 = speed_at(v, held(at + 0.5 * h * k1));
    const double k3 = speed_at(v, held(at + 0.5 * h * k2));
    const double k4 = speed_at(v, held(at + h * k3));
    const double next = held(at + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4));
    remaining = next == at ? 0.0 : remaining - h;
    at = next;
  }
  return remaining > 0.0 ? NAN : at;
}

int main(int count, char **paths) {
  FILE *input = count > 1 ? fopen(paths[1], "r") : NULL;
  double place = initial_state;
  char kind;
  double v, number;
  if (input == NULL) {
    return 1;
  }
  while (fscanf(input, " %c %lf %lf", &kind, &v, &number) == 3) {
    if (kind == 'c') {
      const double rate = speed_at(v, number);
      printf("%.17g %.17g\n", flow_te, rate);
    } else {
      place = after_pulse(v, number, place);
      printf("%.17g\n", place);
    }
  }
  fclose(input);
  return 0;
}
