// Kernels of spiking networks in float32. Pointers are byte addresses; every array begins at a multiple of 16.
// src/network/event-script.ts does the same in TypeScript, bit for bit.
//
// Random numbers: Philox4x32-10, doi 10.1145/2063384.2063405, four blocks side by side. A block is eight draws of 16
// bits; the counter is (block, step, sample, high), the key that of a random stream.

// @ts-ignore: decorator
@inline function load4(p: usize): v128 { return v128.load(p); }

// The four words of the four blocks that `draw` made.
let word0 = i32x4.splat(0);
let word1 = i32x4.splat(0);
let word2 = i32x4.splat(0);
let word3 = i32x4.splat(0);

// @ts-ignore: decorator
@inline function draw(block: i32, step: i32, sample: i32, high: i32, key0: i32, key1: i32): void {
  const m0 = i32x4.splat(0xd2511f53), m1 = i32x4.splat(0xcd9e8d57);
  let c0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(step), c2 = i32x4.splat(sample), c3 = i32x4.splat(high);
  let k0 = key0, k1 = key1;
  for (let round = 0; round < 10; round++) {
    const a = i64x2.extmul_low_i32x4_u(c0, m0), b = i64x2.extmul_high_i32x4_u(c0, m0);
    const c = i64x2.extmul_low_i32x4_u(c2, m1), d = i64x2.extmul_high_i32x4_u(c2, m1);
    c0 = v128.xor(v128.xor(v128.shuffle<i32>(c, d, 1, 3, 5, 7), c1), i32x4.splat(k0));
    c1 = v128.shuffle<i32>(c, d, 0, 2, 4, 6);
    c2 = v128.xor(v128.xor(v128.shuffle<i32>(a, b, 1, 3, 5, 7), c3), i32x4.splat(k1));
    c3 = v128.shuffle<i32>(a, b, 0, 2, 4, 6);
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  word0 = c0; word1 = c1; word2 = c2; word3 = c3;
}

/**
 * Draw the spikes of Bernoulli inputs in one step and list them.
 * @param thresholds u16[inputs], probability times 65536; inputs is a multiple of 32
 * @param events i32[inputs], receives for each spike its input times `rowBytes`
 * @returns number of spikes
 */
export function encode(thresholds: usize, inputs: i32, step: i32, sample: i32, high: i32, key0: i32, key1: i32, events: usize, rowBytes: i32): i32 {
  let next = events;
  for (let k = 0; k < inputs; k += 32) {
    draw(k >> 3, step, sample, high, key0, key1);
    const t = thresholds + (<usize>k << 1);
    let mask = i16x8.bitmask(i16x8.lt_u(word0, load4(t)))
      | (i16x8.bitmask(i16x8.lt_u(word1, load4(t + 16))) << 8)
      | (i16x8.bitmask(i16x8.lt_u(word2, load4(t + 32))) << 16)
      | (i16x8.bitmask(i16x8.lt_u(word3, load4(t + 48))) << 24);
    while (mask) {
      store<i32>(next, (k + ctz(mask)) * rowBytes);
      next += 4;
      mask &= mask - 1;
    }
  }
  return <i32>((next - events) >> 2);
}

/**
 * Add the rows of a weight matrix that a list of events names to a vector of currents.
 * @param weights f32[rows x outputs]; outputs is a multiple of 4
 * @param events i32[count], byte offsets of rows
 * @param currents f32[outputs]
 */
export function propagate(weights: usize, events: usize, count: i32, currents: usize, outputs: i32): void {
  const end = currents + (<usize>outputs << 2);
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const e = events + (<usize>k << 2);
    let a = weights + load<u32>(e), b = weights + load<u32>(e, 4), c = weights + load<u32>(e, 8), d = weights + load<u32>(e, 12);
    for (let i = currents; i < end; i += 16) {
      v128.store(i, f32x4.add(load4(i), f32x4.add(f32x4.add(load4(a), load4(b)), f32x4.add(load4(c), load4(d)))));
      a += 16; b += 16; c += 16; d += 16;
    }
  }
  for (; k < count; k++) {
    let a = weights + load<u32>(events + (<usize>k << 2));
    for (let i = currents; i < end; i += 16) {
      v128.store(i, f32x4.add(load4(i), load4(a)));
      a += 16;
    }
  }
}

/**
 * One step of leaky integrate-and-fire neurons with soft reset: v <- decay v + i; where v >= threshold, spike and
 * v <- v - threshold. Currents are cleared.
 * @param membranes f32[neurons]; neurons is a multiple of 4
 * @param currents f32[neurons]
 * @param events i32[neurons], receives for each spike its neuron times `rowBytes`
 * @param counts i32[neurons], incremented for each spike; none if 0
 * @returns number of spikes
 */
export function fire(membranes: usize, currents: usize, neurons: i32, decay: f32, threshold: f32, events: usize, rowBytes: i32, counts: usize): i32 {
  let next = events;
  const d = f32x4.splat(decay), t = f32x4.splat(threshold), zero = f32x4.splat(0);
  for (let k = 0; k < neurons; k += 4) {
    const v = f32x4.add(f32x4.mul(load4(membranes), d), load4(currents));
    const spikes = f32x4.ge(v, t);
    v128.store(membranes, f32x4.sub(v, v128.and(spikes, t)));
    v128.store(currents, zero);
    let mask = i32x4.bitmask(spikes);
    while (mask) {
      const neuron = k + ctz(mask);
      store<i32>(next, neuron * rowBytes);
      next += 4;
      mask &= mask - 1;
      if (counts != 0) {
        const c = counts + (<usize>neuron << 2);
        store<i32>(c, load<i32>(c) + 1);
      }
    }
    membranes += 16;
    currents += 16;
  }
  return <i32>((next - events) >> 2);
}

// Weighted sum of the eight inputs whose draws are `words`, by four lanes; with scatter, each weight is read anew.
// @ts-ignore: decorator
@inline function addEight(sum: v128, words: v128, thresholds: usize, weights: usize): v128 {
  const mask = i16x8.lt_u(words, load4(thresholds));
  sum = f32x4.add(sum, v128.and(i32x4.extend_low_i16x8_s(mask), load4(weights)));
  return f32x4.add(sum, v128.and(i32x4.extend_high_i16x8_s(mask), load4(weights + 16)));
}

// @ts-ignore: decorator
@inline function scattered(draws: v128, weights: usize, scatter: usize): v128 {
  const u = f32x4.sub(f32x4.mul(f32x4.convert_i32x4_s(draws), f32x4.splat(<f32>(1.0 / 32768.0))), f32x4.splat(<f32>(1.0 - 1.0 / 65536.0)));
  const w = f32x4.add(load4(weights), f32x4.mul(load4(scatter), u));
  return f32x4.pmin(f32x4.pmax(w, f32x4.splat(0)), f32x4.splat(1));
}

// @ts-ignore: decorator
@inline function scatterEight(words: v128, weights: usize, scatter: usize, out: usize): void {
  v128.store(out, scattered(i32x4.extend_low_i16x8_u(words), weights, scatter));
  v128.store(out + 16, scattered(i32x4.extend_high_i16x8_u(words), weights + 16, scatter + 16));
}

/**
 * Read weights anew with a uniform scatter, held in 0 to 1.
 * @param weights f32[inputs]; inputs is a multiple of 32
 * @param scatter f32[inputs], half width of the scatter
 * @param out f32[inputs]
 */
export function scatterWeights(weights: usize, scatter: usize, out: usize, inputs: i32, step: i32, sample: i32, high: i32, key0: i32, key1: i32): void {
  for (let k = 0; k < inputs; k += 32) {
    draw(k >> 3, step, sample, high, key0, key1);
    const w = weights + (<usize>k << 2), s = scatter + (<usize>k << 2), o = out + (<usize>k << 2);
    scatterEight(word0, w, s, o);
    scatterEight(word1, w + 32, s + 32, o + 32);
    scatterEight(word2, w + 64, s + 64, o + 64);
    scatterEight(word3, w + 96, s + 96, o + 96);
  }
}

/**
 * Count the spikes of one integrate-and-fire neuron with soft reset whose inputs are Bernoulli spike trains.
 * @param thresholds u16[inputs], probability times 65536; inputs is a multiple of 32
 * @param weights f32[inputs]
 * @param scatter f32[inputs], half width of the uniform scatter of each read of a weight, which is then held in 0 to 1; none if 0
 * @param scratch f32[inputs], used with scatter
 * @param bias added to the membrane in every step
 */
export function countSpikes(thresholds: usize, weights: usize, scatter: usize, scratch: usize, inputs: i32, steps: i32, threshold: f32, bias: f32, sample: i32, high: i32, key0: i32, key1: i32): i32 {
  let membrane: f32 = 0;
  let spikes = 0;
  const read = scatter != 0 ? scratch : weights;
  for (let step = 0; step < steps; step++) {
    if (scatter != 0) {
      scatterWeights(weights, scatter, scratch, inputs, step, sample, high + 1, key0, key1);
    }
    let sum = f32x4.splat(0);
    for (let k = 0; k < inputs; k += 32) {
      draw(k >> 3, step, sample, high, key0, key1);
      const t = thresholds + (<usize>k << 1), w = read + (<usize>k << 2);
      sum = addEight(sum, word0, t, w);
      sum = addEight(sum, word1, t + 16, w + 32);
      sum = addEight(sum, word2, t + 32, w + 64);
      sum = addEight(sum, word3, t + 48, w + 96);
    }
    membrane += bias + ((f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)));
    if (membrane > threshold) {
      membrane -= threshold;
      spikes++;
    }
  }
  return spikes;
}
