/* What admsXml's names of operators and functions mean in C. */
#include <math.h>

#define plus(a) (a)
#define minus(a) (-(a))
#define not(a) (!(a))
#define addp(a, b) ((a) + (b))
#define addm(a, b) ((a) - (b))
#define multtime(a, b) ((a) * (b))
#define multdiv(a, b) ((a) / (b))
#define lt(a, b) ((a) < (b))
#define lt_equ(a, b) ((a) <= (b))
#define gt(a, b) ((a) > (b))
#define gt_equ(a, b) ((a) >= (b))
#define equ(a, b) ((a) == (b))
#define notequ(a, b) ((a) != (b))
#define and(a, b) ((a) && (b))
#define or(a, b) ((a) || (b))

#define call_abs fabs
#define call_min fmin
#define call_max fmax
#define call_sqrt sqrt
#define call_pow pow
#define call_floor floor
#define call_ceil ceil
#define call_exp exp
#define call_ln log
#define call_sin sin
#define call_cos cos
#define call_tan tan
#define call_asin asin
#define call_acos acos
#define call_atan atan
#define call_sinh sinh
#define call_cosh cosh
#define call_tanh tanh
#define call_atanh atanh
/* A transient analysis in which the state node stands still. */
#define call_analysis(name) ((name) != 0.0)
#define call_ddt(voltage) (0.0 * (voltage))

#pragma GCC diagnostic ignored "-Wunused-parameter"

static double probe_te, probe_state;
static double flow_te, flow_state;
