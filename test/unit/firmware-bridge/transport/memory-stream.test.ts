import { expect, test } from 'vitest';
import { sleep, systemClock } from '../../../../firmware-bridge/transport/clock.ts';
import { createLoopback, MemoryStream } from '../../../../firmware-bridge/transport/memory-stream.ts';
import { VirtualClock } from '../../../../firmware-bridge/transport/virtual-clock.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

function deafLine(clock = new VirtualClock()) {
  return { clock, stream: new MemoryStream('line', () => {}, { clock }) };
}

test('what is written at one end is read at the other, in pieces of any size', async () => {
  const [host, board] = createLoopback('loop', { clock: systemClock });
  await host.write(bytes(1, 2, 3, 4, 5), 1);
  expect([...(await board.read(2, 1))]).toEqual([1, 2]);
  const rest = board.read(4, 1);
  await host.write(bytes(6), 1);
  expect([...(await rest)]).toEqual([3, 4, 5, 6]);
  await board.write(Buffer.from('ready\r\nmore\n'), 1);
  expect(await host.readLine(1)).toBe('ready');
  expect(await host.readLine(1)).toBe('more');
  expect(host.waiting).toBe(0);
});

test('a read that is not served ends with an error at its deadline, and what came stays', async () => {
  const { clock, stream } = deafLine();
  stream.deliver(bytes(1, 2, 3));
  await expect(clock.run(stream.read(4, 2))).rejects.toMatchObject({
    name: 'TransportError',
    code: 'no-answer',
    message: 'line: waited 2 s for 4 bytes, 3 bytes came',
    details: { received: 3, bytes: [1, 2, 3] },
  });
  expect(clock.now()).toBe(2);
  expect([...stream.discard()]).toEqual([1, 2, 3]);
});

test('an unplugged line rejects the read that waits and every later one, but what came can be read', async () => {
  const { clock, stream } = deafLine();
  const waiting = stream.read(1, 100);
  stream.unplug();
  await expect(clock.run(waiting)).rejects.toMatchObject({ code: 'unplugged' });
  expect(clock.now()).toBe(0);
  await expect(stream.write(bytes(1), 1)).rejects.toMatchObject({ code: 'unplugged' });
  await expect(stream.read(1, 1)).rejects.toMatchObject({ code: 'unplugged' });
  stream.deliver(bytes(9));
  expect(stream.waiting).toBe(0);
});

test('two reads at a time are a mistake, not a race', async () => {
  const { clock, stream } = deafLine();
  const first = stream.read(1, 1);
  await expect(stream.read(1, 1)).rejects.toThrow('two reads at a time');
  stream.deliver(bytes(7));
  expect([...(await clock.run(first))]).toEqual([7]);
});

test('a read can be interrupted, and the stream lives on', async () => {
  const { clock, stream } = deafLine();
  const waiting = stream.read(1, 1);
  stream.interrupt(new Error('stop'));
  await expect(waiting).rejects.toThrow('stop');
  const next = stream.read(1, 1);
  stream.deliver(bytes(5));
  expect([...(await clock.run(next))]).toEqual([5]);
});

test('text that is no text is refused', async () => {
  const { clock, stream } = deafLine();
  stream.deliver(bytes(0x31, 0xff, 0x0a));
  await expect(clock.run(stream.readLine(1))).rejects.toMatchObject({
    name: 'ProtocolError',
    code: 'not-text',
  });
  const endless = stream.readLine(1);
  stream.deliver(new Uint8Array(300).fill(0x41));
  await expect(clock.run(endless)).rejects.toMatchObject({ code: 'not-text' });
});

test('a board that babbles does not fill the memory', async () => {
  const { stream } = deafLine();
  for (let chunk = 0; chunk < 20; chunk++) {
    stream.deliver(new Uint8Array(1 << 16));
  }
  expect(stream.ended).toMatchObject({ code: 'receive-overflow' });
  expect(stream.waiting).toBeLessThanOrEqual(1 << 20);
});

test('a line that takes nothing ends the stream at the deadline, and the queue is bounded', async () => {
  class StuckStream extends MemoryStream {
    protected override send(): Promise<void> {
      return new Promise(() => {});
    }
  }
  const clock = new VirtualClock();
  const stuck = new StuckStream('stuck', () => {}, { clock });
  await expect(clock.run(stuck.write(bytes(1), 3))).rejects.toMatchObject({ code: 'write-timeout' });
  expect(clock.now()).toBe(3);
  expect(stuck.ended).toMatchObject({ code: 'write-timeout' });

  const full = new StuckStream('full', () => {}, { clock });
  const first = full.write(new Uint8Array(60_000), 3);
  await expect(full.write(new Uint8Array(60_000), 3)).rejects.toMatchObject({ code: 'write-queue' });
  await expect(clock.run(first)).rejects.toMatchObject({ name: 'TransportError' });
});

test('a wait without a deadline is found', async () => {
  const clock = new VirtualClock();
  await expect(clock.run(new Promise(() => {}))).rejects.toMatchObject({ code: 'endless-wait' });
  await clock.run(sleep(clock, 3600));
  expect(clock.now()).toBe(3600);
});
