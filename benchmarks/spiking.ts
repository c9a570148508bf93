import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EventNetwork, type EventLayer } from '../src/network/event-network.ts';
import { RandomStream } from '../src/random.ts';

const steps = 100;
const images = 200;
const numpyBatch = 256;
const random = new RandomStream(1, 'benchmark');

function layerOf(inputs: number, neurons: number): EventLayer {
  const weights = Float64Array.from({ length: inputs * neurons }, (_, k) => 0.1 * random.normal(k, inputs));
  return { inputs, neurons, weights, decay: 0.9, threshold: 1 };
}

/** Images a second of processor time through 784-400-10 neurons: events, and beside them whole matrices in NumPy. */
export async function spikingRows(): Promise<readonly Record<string, string | number>[]> {
  const network = new EventNetwork({
    layers: [layerOf(784, 400), layerOf(400, 10)],
    seed: 1,
    stream: 'spikes',
  });
  return [0.01, 0.03, 0.1].map((rate) => {
    const input = new Float64Array(784).fill(rate);
    const present = (count: number): void => {
      for (let image = 0; image < count; image++) {
        network.present(input, steps, image);
      }
    };
    present(images / 4);
    const start = process.cpuUsage();
    present(images);
    const { user, system } = process.cpuUsage(start);
    const events = images / ((user + system) / 1e6);
    const numpy = numpyImagesPerSecond(rate);
    return {
      'input rate': `${100 * rate} %`,
      'events, images/s': Math.round(events),
      'NumPy batch 256, images/s': numpy === undefined ? 'no NumPy' : Math.round(numpy),
      ratio: numpy === undefined ? '–' : Number((events / numpy).toPrecision(3)),
    };
  });
}

function numpyImagesPerSecond(rate: number): number | undefined {
  const script = fileURLToPath(new URL('spiking.py', import.meta.url));
  try {
    const seconds = execFileSync('python3', [script, String(rate), String(steps), String(numpyBatch)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return numpyBatch / Number(seconds);
  } catch {
    return undefined;
  }
}
