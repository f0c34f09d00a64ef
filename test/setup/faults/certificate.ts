import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** PEM, as Node's TLS takes it; clients that shall trust it name `cert` as their `ca`. */
export interface Certificate {
  key: string;
  cert: string;
}

/** A certificate for 127.0.0.1, signed with its own key (X.509, RFC 5280), and made anew: no private key lies in a repository. */
export function createCertificate({ from, until }: { from: Date; until: Date }): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(tagged(0x31, sequence(COMMON_NAME, text(0x0c, '127.0.0.1'))));
  const toSign = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    sequence(ECDSA_WITH_SHA256),
    name,
    sequence(time(from), time(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extension(SUBJECT_ALT_NAME, sequence(tagged(0x87, Buffer.of(127, 0, 0, 1)))))),
  );
  const signature = tagged(0x03, Buffer.of(0), sign('sha256', toSign, privateKey));
  const der = sequence(toSign, sequence(ECDSA_WITH_SHA256), signature);
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(der) };
}

/** One that was good for a day and ended yesterday. */
export function createExpiredCertificate(): Certificate {
  const day = 24 * 3600 * 1000;
  return createCertificate({ from: new Date(Date.now() - 2 * day), until: new Date(Date.now() - day) });
}

const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SUBJECT_ALT_NAME = Buffer.from('0603551d11', 'hex');
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...head), body]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes);
}

function text(tag: number, value: string): Buffer {
  return tagged(tag, Buffer.from(value));
}

/** UTCTime: two digits of the year, no fractions. */
function time(at: Date): Buffer {
  return text(0x17, `${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`);
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(id, tagged(0x04, value));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
