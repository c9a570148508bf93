import { innerResistance } from './line-set.ts';
import { endConductances, type LineSweeps } from './line-sweeps.ts';
import type { NodalSystem } from './nodal-system.ts';
import { PlainSpanPasses } from './plain-span-passes.ts';

/** Word lines that a pass sweeps side by side, for their chains of operations to overlap. */
const lanes = 4;

/** The sweeps in TypeScript, for any links. */
export class PlainLineSweeps implements LineSweeps {
  readonly stride: number;
  readonly wordScale = 1;
  readonly bitScale = 1;
  readonly conductances: Float64Array;
  readonly z: Float64Array;
  readonly p: Float64Array;
  readonly s: Float64Array;
  readonly v: Float64Array;
  readonly spans: PlainSpanPasses;
  readonly #system: NodalSystem;
  /** Word lines, filled up with lines without cells. */
  readonly #rows: number;
  /** Shares of the word lines and of the bit lines. */
  readonly #wordShares: Float64Array;
  readonly #bitShares: Float64Array;
  /** Resistance of the link behind each node, 1 behind the last; conductance of the bit-line links, 0 there. */
  readonly #wordLinks: Float64Array;
  readonly #bitLinks: Float64Array;
  readonly #bitLinkSiemens: Float64Array;
  readonly #h: Float64Array;
  readonly #row: Float64Array;
  #top: Float64Array;
  #bottom: Float64Array;

  constructor(system: NodalSystem) {
    const { wordLines, bitLines } = system.geometry;
    this.#system = system;
    this.stride = bitLines;
    this.#rows = Math.ceil(wordLines / lanes) * lanes;
    const matrix = () => new Float64Array(this.#rows * bitLines);
    this.conductances = matrix();
    this.z = matrix();
    this.p = matrix();
    this.s = matrix();
    this.v = matrix();
    this.#wordShares = matrix();
    this.#bitShares = matrix();
    this.#wordLinks = matrix();
    this.#bitLinks = matrix();
    this.#bitLinkSiemens = matrix();
    this.#h = matrix();
    this.#row = new Float64Array(lanes * bitLines);
    this.#top = new Float64Array(bitLines);
    this.#bottom = new Float64Array(bitLines);
    this.#enterLinks();
    this.spans = new PlainSpanPasses(this, this.#bitLinkSiemens, wordLines);
  }

  setConductances(conductances: Float64Array): Float64Array {
    const sums = new Float64Array(this.stride);
    for (let first = 0; first < conductances.length; first += this.stride) {
      for (let bit = 0; bit < this.stride; bit++) {
        sums[bit]! += conductances[first + bit]!;
      }
    }
    this.conductances.set(conductances);
    this.#factorWords();
    this.#factorBits();
    return sums;
  }

  sweepWords(weighted: boolean): void {
    const { conductances: g, z, p, s, stride } = this;
    const shares = this.#wordShares;
    const links = this.#wordLinks;
    const flow = this.#row;
    for (let first = 0; first < g.length; first += stride) {
      let y = 0;
      for (let bit = 0, at = first; bit < stride; bit++, at++) {
        y = (z[at]! + g[at]! * p[at]! + y) * shares[at]!;
        flow[bit] = y;
      }
      let x = 0;
      for (let bit = stride - 1, at = first + bit; bit >= 0; bit--, at--) {
        x = links[at]! * flow[bit]! + shares[at]! * x;
        s[at] = weighted ? g[at]! * x : x;
      }
    }
  }

  wordPass(beta: number): number {
    let energy = 0;
    for (let first = 0; first < this.#rows; first += lanes) {
      energy +=
        this.#directionOfLanes(first * this.stride, beta) + this.#responseOfLanes(first * this.stride);
    }
    const { p, stride } = this;
    const last = (this.#system.geometry.wordLines - 1) * stride;
    for (let bit = 0; bit < stride; bit++) {
      energy += this.#top[bit]! * p[bit]! ** 2 + this.#bottom[bit]! * p[last + bit]! ** 2;
    }
    return energy;
  }

  /** New direction, the currents that it drives along the word lines, and the power that it takes in the bit lines. */
  #directionOfLanes(o0: number, beta: number): number {
    const { conductances: g, z, p, stride } = this;
    const shares = this.#wordShares;
    const above = this.#bitLinkSiemens;
    const flow = this.#row;
    const o1 = o0 + stride;
    const o2 = o1 + stride;
    const o3 = o2 + stride;
    const before = o0 === 0 ? 0 : o0 - stride;
    const hasBefore = o0 === 0 ? 0 : 1;
    let power = 0;
    let y0 = 0;
    let y1 = 0;
    let y2 = 0;
    let y3 = 0;
    for (let bit = 0; bit < stride; bit++) {
      const p0 = z[o0 + bit]! + beta * p[o0 + bit]!;
      const p1 = z[o1 + bit]! + beta * p[o1 + bit]!;
      const p2 = z[o2 + bit]! + beta * p[o2 + bit]!;
      const p3 = z[o3 + bit]! + beta * p[o3 + bit]!;
      const d0 = p0 - p[before + bit]!;
      p[o0 + bit] = p0;
      p[o1 + bit] = p1;
      p[o2 + bit] = p2;
      p[o3 + bit] = p3;
      y0 = (p0 * g[o0 + bit]! + y0) * shares[o0 + bit]!;
      y1 = (p1 * g[o1 + bit]! + y1) * shares[o1 + bit]!;
      y2 = (p2 * g[o2 + bit]! + y2) * shares[o2 + bit]!;
      y3 = (p3 * g[o3 + bit]! + y3) * shares[o3 + bit]!;
      const at = lanes * bit;
      flow[at] = y0;
      flow[at + 1] = y1;
      flow[at + 2] = y2;
      flow[at + 3] = y3;
      power +=
        hasBefore * above[before + bit]! * d0 * d0 +
        above[o0 + bit]! * (p1 - p0) * (p1 - p0) +
        above[o1 + bit]! * (p2 - p1) * (p2 - p1) +
        above[o2 + bit]! * (p3 - p2) * (p3 - p2);
    }
    return power;
  }

  /** Voltages of the word lines, the currents that they send to the bit lines, and the power in cells and word lines. */
  #responseOfLanes(o0: number): number {
    const { conductances: g, p, s, stride } = this;
    const shares = this.#wordShares;
    const links = this.#wordLinks;
    const flow = this.#row;
    const o1 = o0 + stride;
    const o2 = o1 + stride;
    const o3 = o2 + stride;
    let power = 0;
    let x0 = 0;
    let x1 = 0;
    let x2 = 0;
    let x3 = 0;
    for (let bit = stride - 1; bit >= 0; bit--) {
      const at = lanes * bit;
      x0 = links[o0 + bit]! * flow[at]! + shares[o0 + bit]! * x0;
      x1 = links[o1 + bit]! * flow[at + 1]! + shares[o1 + bit]! * x1;
      x2 = links[o2 + bit]! * flow[at + 2]! + shares[o2 + bit]! * x2;
      x3 = links[o3 + bit]! * flow[at + 3]! + shares[o3 + bit]! * x3;
      const g0 = g[o0 + bit]!;
      const g1 = g[o1 + bit]!;
      const g2 = g[o2 + bit]!;
      const g3 = g[o3 + bit]!;
      const p0 = p[o0 + bit]!;
      const p1 = p[o1 + bit]!;
      const p2 = p[o2 + bit]!;
      const p3 = p[o3 + bit]!;
      s[o0 + bit] = g0 * x0;
      s[o1 + bit] = g1 * x1;
      s[o2 + bit] = g2 * x2;
      s[o3 + bit] = g3 * x3;
      power += g0 * p0 * (p0 - x0) + g1 * p1 * (p1 - x1) + g2 * p2 * (p2 - x2) + g3 * p3 * (p3 - x3);
    }
    return power;
  }

  bitPass(alpha: number): number {
    const { conductances: g, z, p, s, v, stride } = this;
    const shares = this.#bitShares;
    const links = this.#bitLinks;
    const siemens = this.#bitLinkSiemens;
    const h = this.#h;
    const last = (this.#system.geometry.wordLines - 1) * stride;
    for (let at = 0; at < stride; at++) {
      h[at] = s[at]! * shares[at]!;
    }
    for (let at = stride; at < last + stride; at++) {
      h[at] = (s[at]! + h[at - stride]!) * shares[at]!;
    }
    let energy = 0;
    for (let at = last; at < last + stride; at++) {
      h[at] = links[at]! * h[at]!;
      const zNew = z[at]! - alpha * (p[at]! - h[at]!);
      z[at] = zNew;
      v[at]! += alpha * p[at]!;
      energy += zNew * zNew * (g[at]! + this.#bottom[at - last]!);
    }
    for (let first = last - stride; first >= 0; first -= stride) {
      for (let at = first; at < first + stride; at++) {
        const hNew = links[at]! * h[at]! + shares[at]! * h[at + stride]!;
        h[at] = hNew;
        const direction = p[at]!;
        const zNew = z[at]! - alpha * (direction - hNew);
        z[at] = zNew;
        v[at]! += alpha * direction;
        const drop = zNew - z[at + stride]!;
        energy += zNew * zNew * g[at]! + drop * drop * siemens[at]!;
      }
    }
    for (let bit = 0; bit < stride; bit++) {
      energy += this.#top[bit]! * z[bit]! ** 2;
    }
    return energy;
  }

  #enterLinks(): void {
    const { words, bits, geometry } = this.#system;
    const { wordLines, bitLines } = geometry;
    this.#wordLinks.fill(1);
    this.#bitLinks.fill(1);
    for (let word = 0; word < wordLines; word++) {
      for (let bit = 0; bit < bitLines; bit++) {
        const at = word * bitLines + bit;
        if (bit < bitLines - 1) {
          this.#wordLinks[at] = innerResistance(words, word, bit + 1);
        }
        if (word < wordLines - 1) {
          const ohms = innerResistance(bits, bit, word + 1);
          this.#bitLinks[at] = ohms;
          // Nodes that no resistance keeps apart never differ, so that the link takes no power.
          this.#bitLinkSiemens[at] = ohms > 0 ? 1 / ohms : 0;
        }
      }
    }
  }

  #factorWords(): void {
    const { words, geometry } = this.#system;
    const left = endConductances(words.first);
    const right = endConductances(words.last);
    const { conductances: g, stride } = this;
    for (let word = 0; word < geometry.wordLines; word++) {
      let behind = left[word]!;
      const first = word * stride;
      for (let at = first; at < first + stride - 1; at++) {
        const total = g[at]! + behind;
        const share = 1 / (1 + this.#wordLinks[at]! * total);
        this.#wordShares[at] = share;
        behind = share * total;
      }
      const end = first + stride - 1;
      this.#wordShares[end] = 1 / (right[word]! + g[end]! + behind);
    }
  }

  #factorBits(): void {
    const { bits, geometry } = this.#system;
    this.#top = endConductances(bits.first);
    this.#bottom = endConductances(bits.last);
    const { conductances: g, stride } = this;
    const behind = this.#row;
    behind.set(this.#top);
    const last = (geometry.wordLines - 1) * stride;
    for (let first = 0; first < last; first += stride) {
      for (let bit = 0; bit < stride; bit++) {
        const total = g[first + bit]! + behind[bit]!;
        const share = 1 / (1 + this.#bitLinks[first + bit]! * total);
        this.#bitShares[first + bit] = share;
        behind[bit] = share * total;
      }
    }
    for (let bit = 0; bit < stride; bit++) {
      this.#bitShares[last + bit] = 1 / (this.#bottom[bit]! + g[last + bit]! + behind[bit]!);
    }
  }
}
