import { ScheduleError } from '../errors.ts';
import { parseCertificate } from './certificate-schema.ts';
import { driverDigest, safeOperatingAreaDigest, scheduleDigest } from './digest.ts';
import type { DriverGrid } from './driver-grid.ts';
import { parseSchedule } from './parse-schedule.ts';
import type { Certificate, SafeOperatingArea } from './safe-operating-area.ts';
import type { Schedule } from './schedule.ts';

/**
 * Compare a schedule, its limits and its controller with the digests of a certificate. Every backend does so before
 * it takes a program.
 *
 * @returns a copy of the schedule, the one to run: it was compared, and the caller cannot change it afterwards
 * @throws ScheduleError naming the digest that differs
 * @example
 * const { safeOperatingArea, driver } = await loadLab('examples/lab.yaml');
 * const pulse = { kind: 'pulse', cell: { word: 0, bit: 0 }, volts: 0.8, width: 1e-5, bias: 'half' } as const;
 * const schedule = createSchedule({ wordLines: 2, bitLines: 2 }, [pulse]);
 * const certificate = certify(schedule, safeOperatingArea, driver);
 * requireMatchingCertificate(schedule, certificate, safeOperatingArea, driver); // an equal schedule
 */
export function requireMatchingCertificate(
  schedule: Schedule,
  certificate: Certificate,
  safeOperatingArea: SafeOperatingArea,
  driver: DriverGrid,
): Schedule {
  const proof = parseCertificate(certificate);
  const copy = parseSchedule(schedule);
  requireSame('scheduleDigest', 'schedule', proof.scheduleDigest, scheduleDigest(copy));
  requireSame(
    'safeOperatingAreaDigest',
    'safe operating area',
    proof.safeOperatingAreaDigest,
    safeOperatingAreaDigest(safeOperatingArea),
  );
  requireSame('driverDigest', 'driver', proof.driverDigest, driverDigest(driver));
  return copy;
}

function requireSame(digest: string, subject: string, certified: string, found: string): void {
  if (certified !== found) {
    throw new ScheduleError(
      'certificate-mismatch',
      `certificate: ${digest} is ${certified}, this ${subject} has ${found}`,
      {
        hint: 'The certificate belongs to something else, or the program was changed after its check: check it again.',
        details: { digest, certified, found },
      },
    );
  }
}
