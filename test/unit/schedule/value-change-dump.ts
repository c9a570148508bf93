/** A small reader of value change dumps, written from the format's description and not from our writer. */
export interface Dump {
  readonly secondsPerTick: number;
  /** Every change in order: time in ticks, name of the variable, value as it is written. */
  readonly changes: readonly { readonly tick: bigint; readonly name: string; readonly value: string }[];
  readonly lastTick: bigint;
}

const secondsOf: Readonly<Record<string, number>> = {
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  ns: 1e-9,
  ps: 1e-12,
  fs: 1e-15,
};

export function readDump(text: string): Dump {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const names = new Map<string, string>();
  const changes: Dump['changes'][number][] = [];
  let secondsPerTick = 0;
  let tick = 0n;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '$timescale') {
      secondsPerTick = Number(words[at + 1]) * secondsOf[words[at + 2]!]!;
    }
    if (word === '$var') {
      names.set(words[at + 3]!, words[at + 4]!);
    }
    if (word.startsWith('$') && word !== '$end') {
      at = words.indexOf('$end', at);
    } else if (word.startsWith('#')) {
      tick = BigInt(word.slice(1));
    } else if (/^[rb]/u.test(word)) {
      changes.push({ tick, name: names.get(words[at + 1]!)!, value: word.slice(1) });
      at += 1;
    } else if (/^[01xz]/u.test(word)) {
      changes.push({ tick, name: names.get(word.slice(1))!, value: word.slice(0, 1) });
    }
  }
  return { secondsPerTick, changes, lastTick: tick };
}

/** The value of a variable at a time, in ticks. */
export function valueAt(dump: Dump, name: string, tick: bigint): string | undefined {
  return dump.changes.findLast((change) => change.name === name && change.tick <= tick)?.value;
}
