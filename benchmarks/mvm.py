"""Inference in NumPy float32, one thread: the reference that the benchmark runs beside ours.

Arguments: lines, batch, repeats. Prints JSON, processor seconds of one batch: DAC, product, Gaussian read noise with the
variance of every output from a second product, ADC; and the same with a normal number drawn for every cell and input.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
import json
import sys
import time

import numpy as np

lines, batch, repeats = (int(text) for text in sys.argv[1:4])
f32 = np.float32
random = np.random.default_rng(1)
conductances = f32(1e-6) * f32(1000) ** random.random((lines, lines), f32)
squares = conductances * conductances
volts = f32(0.2) * random.random((batch, lines), f32)
relative, gain = f32(0.01), f32(4 / (lines * 0.2 * 1.4e-4))
dac_step, adc_step = f32(0.2 / 255), f32(2 / 1023)


def drive(volts):
    return np.clip(np.rint(volts / dac_step), 0, 255) * dac_step


def convert(currents):
    return np.clip(np.rint(currents * gain / adc_step), 0, 1023) * (adc_step / gain)


def noise_of_outputs():
    x = drive(volts)
    deviation = relative * np.sqrt((x * x) @ squares)
    return convert(x @ conductances + deviation * random.standard_normal((batch, lines), f32))


def noise_of_cells(rows):
    x = drive(volts)
    out = np.empty((rows, lines), f32)
    for row in range(rows):
        factors = 1 + np.random.normal(scale=relative, size=conductances.shape).astype(f32)
        out[row] = x[row] @ (conductances * factors)
    return convert(out)


def seconds(act, calls):
    act()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        for _ in range(calls):
            act()
        times.append((time.process_time() - start) / calls)
    return sorted(times)[repeats // 2]


# Drawing takes the same time for every row: a few of them say enough.
rows = min(batch, max(1, 2**22 // lines**2))
print(
    json.dumps(
        {
            "outputs": seconds(noise_of_outputs, max(1, 2**24 // (batch * lines**2))),
            "cells": seconds(lambda: noise_of_cells(rows), 1) * batch / rows,
        }
    )
)
