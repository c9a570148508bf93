import { expect, test } from 'vitest';
import { expectTranscript } from '../../../firmware-bridge/expect-transcript.ts';

const pairs = [
  ['1\n3\n7\n', Uint8Array.of(0, 0, 0x80, 0x3f)],
  ['999\n', 'ok\n'],
] as const;

test('a driver that says its part gets the answers and returns its result', async () => {
  const result = await expectTranscript(async (stream) => {
    await stream.write(Buffer.from('1\n3\n'), 1);
    await stream.write(Buffer.from('7\n'), 1);
    const number = await stream.read(4, 1);
    await stream.write(Buffer.from('999\n'), 1);
    return [...number, await stream.readLine(1)];
  }, pairs);
  expect(result).toEqual([0, 0, 0x80, 0x3f, 'ok']);
});

test.each<[string, string[], number, string]>([
  ['says something else', ['1\n3\n8\n'], 0, 'request 0, byte 4: wrote "8", expected "7"'],
  ['says too much', ['1\n3\n7\n999\n1\n'], 0, 'request 2, byte 0: wrote "1", expected nothing'],
  ['stops early', ['1\n3\n7\n'], 4, '1 requests were not made, 0 bytes of the answers were not read'],
  ['does not read', ['1\n3\n7\n999\n'], 4, '0 requests were not made, 3 bytes of the answers were not read'],
])('a driver that %s fails', async (_, writes, reads, message) => {
  const driver = expectTranscript(async (stream) => {
    for (const text of writes) {
      await stream.write(Buffer.from(text), 1);
    }
    if (reads > 0) {
      await stream.read(reads, 1);
    }
  }, pairs);
  await expect(driver).rejects.toThrow(message);
});

test('a driver that waits for what does not come is not waited for', async () => {
  await expect(expectTranscript((stream) => stream.read(1, 3600), [])).rejects.toMatchObject({
    code: 'no-answer',
  });
});
