"""One batch of 256 images through 784-400-10 leaky neurons in NumPy float32; prints seconds of processor time."""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
import sys
import time

import numpy as np

rate, steps, batch = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
random = np.random.default_rng(1)
sizes = (784, 400, 10)
weights = [random.normal(0, 0.1, (a, b)).astype(np.float32) for a, b in zip(sizes, sizes[1:])]
decay, threshold = np.float32(0.9), np.float32(1)


def present():
    membranes = [np.zeros((batch, n), np.float32) for n in sizes[1:]]
    counts = np.zeros((batch, sizes[-1]), np.int32)
    for _ in range(steps):
        spikes = (random.random((batch, sizes[0]), np.float32) < rate).astype(np.float32)
        for layer, w in enumerate(weights):
            membranes[layer] = decay * membranes[layer] + spikes @ w
            fired = membranes[layer] >= threshold
            membranes[layer] -= threshold * fired
            spikes = fired.astype(np.float32)
        counts += fired
    return counts


present()
start = time.process_time()
present()
print(time.process_time() - start)
