import { Bench } from 'tinybench';
import { createGeometry } from '../src/array/geometry.ts';
import { loadLab } from '../src/lab/lab.ts';
import { planLab } from '../src/lab/plan-lab.ts';
import { certify } from '../src/schedule/compile.ts';
import { decodeSchedule } from '../src/schedule/decode.ts';
import { scheduleDigest } from '../src/schedule/digest.ts';
import { encodeSchedule } from '../src/schedule/encode.ts';
import { requireMatchingCertificate } from '../src/schedule/verify.ts';

/** What a plan for 32 x 32 cells costs, from targets to the check before it runs. */
export async function scheduleRows(): Promise<readonly Record<string, string | number>[]> {
  const lab = await loadLab('examples/lab.yaml');
  const geometry = createGeometry(32, 32);
  const targets = new Float64Array(32 * 32).fill(8e-5);
  const { safeOperatingArea, driver } = lab;
  const { schedule, certificate } = planLab(lab, targets, geometry);
  const bytes = encodeSchedule(schedule);
  const bench = new Bench({ time: 300 });
  bench.add('encode', () => void encodeSchedule(schedule));
  bench.add('decode', () => void decodeSchedule(bytes));
  bench.add('digest', () => void scheduleDigest(schedule));
  bench.add('certify', () => void certify(schedule, safeOperatingArea, driver));
  bench.add('compare with certificate', () =>
    requireMatchingCertificate(schedule, certificate, safeOperatingArea, driver),
  );
  bench.add('plan and certify', () => void planLab(lab, targets, geometry));
  const times = (await bench.run()).map(({ name, result }) => {
    if (result.state !== 'completed') {
      throw new Error(`${name}: ${result.state}`);
    }
    return { name, median: result.latency.p50 };
  });
  const reference = times[0]!.median;
  return times.map(({ name, median }) => ({
    'schedule of 1,024 cells': name,
    'median, ms': median.toPrecision(3),
    'times encode': (median / reference).toFixed(1),
  }));
}
