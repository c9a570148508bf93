/** A member of a hand-made archive. */
export interface SampleMember {
  readonly path: string;
  readonly content?: string;
  /** ustar type flag: '0' file, '5' folder, 'L' GNU long name, 'x' pax header. */
  readonly type?: string;
  readonly prefix?: string;
}

const block = 512;

/** Write a ustar archive, member by member, as the standard lays it out. */
export function sampleTar(members: readonly SampleMember[]): Buffer {
  return Buffer.concat([...members.flatMap(sampleMember), Buffer.alloc(2 * block)]);
}

function sampleMember({ path, content = '', type = '0', prefix = '' }: SampleMember): Buffer[] {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(block);
  header.write(path, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, bytes, Buffer.alloc((block - (bytes.length % block)) % block)];
}
