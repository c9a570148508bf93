"""Solve a crossbar with SciPy's SuperLU: the reference that the benchmarks run beside ours.

Arguments: a file of conductances (float64, [lines x lines]), the segment resistance, and how often to repeat. Word
lines are driven from the left with 0.2 V, bit lines are grounded at the bottom. Prints JSON: CPU seconds of one
factorization with solution, of one further solution, and the currents out of the bit lines.
"""

import json
import sys
import time

import numpy
import scipy.sparse
import scipy.sparse.linalg

path, ohms, repeats = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
conductances = numpy.fromfile(path)
lines = round(len(conductances) ** 0.5)
segment = 1 / ohms
word = numpy.arange(lines * lines).reshape(lines, lines)
bit = word + lines * lines
pairs = [
    (word.ravel(), bit.ravel(), conductances),
    (word[:, :-1].ravel(), word[:, 1:].ravel(), segment),
    (bit[:-1].ravel(), bit[1:].ravel(), segment),
]
size = 2 * lines * lines
diagonal = numpy.zeros(size)
rows, columns, values = [], [], []
for a, b, siemens in pairs:
    siemens = numpy.broadcast_to(siemens, a.shape)
    numpy.add.at(diagonal, a, siemens)
    numpy.add.at(diagonal, b, siemens)
    rows += [a, b]
    columns += [b, a]
    values += [-siemens, -siemens]
diagonal[word[:, 0]] += segment
diagonal[bit[-1]] += segment
everything = numpy.arange(size)
matrix = scipy.sparse.csc_matrix(
    (
        numpy.concatenate([*values, diagonal]),
        (numpy.concatenate([*rows, everything]), numpy.concatenate([*columns, everything])),
    ),
    shape=(size, size),
)
sources = numpy.zeros(size)
sources[word[:, 0]] = 0.2 * segment


def factorize():
    return scipy.sparse.linalg.splu(matrix, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True})


factor_times, solve_times = [], []
for _ in range(repeats):
    start = time.process_time()
    factors = factorize()
    factored = time.process_time()
    volts = factors.solve(sources)
    solve_times.append(time.process_time() - factored)
    factor_times.append(factored - start)

print(
    json.dumps(
        {
            "factorSeconds": sorted(factor_times)[repeats // 2],
            "solveSeconds": sorted(solve_times)[repeats // 2],
            "bitCurrents": list(volts[bit[-1]] * segment),
        }
    )
)
