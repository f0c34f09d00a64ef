import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { readSettings } from '../../common/settings.ts';
import { identityPrivateKeySetting, identityPublicKeySetting } from '../../subgraphs/shared/identity-settings.ts';

const settings = { privateKey: identityPrivateKeySetting, publicKey: identityPublicKeySetting };

function pems(pair = generateKeyPairSync('ed25519')) {
  return {
    privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

test('takes the new public key beside the old one while identity changes its key', () => {
  const [old, fresh] = [pems(), pems()];
  const { publicKey } = readSettings(settings, {
    IDENTITY_PRIVATE_KEY: fresh.privatePem,
    IDENTITY_PUBLIC_KEY: `${old.publicPem}\n${fresh.publicPem}`,
  });
  const exported = publicKey?.map((key) => key.export({ type: 'spki', format: 'pem' }));
  expect(exported).toEqual([old.publicPem, fresh.publicPem]);
});

test.each(['canary', '-----BEGIN PUBLIC KEY-----\ncanary\n-----END PUBLIC KEY-----'])(
  'refuses what is no key without quoting it: %s',
  (text) => {
    const read = () => readSettings(settings, { IDENTITY_PRIVATE_KEY: text, IDENTITY_PUBLIC_KEY: text });
    expect(read).toThrow(
      /IDENTITY_PRIVATE_KEY: expected a private Ed25519 key in PEM\n.*IDENTITY_PUBLIC_KEY: expected/,
    );
    expect(read).not.toThrow(/canary/);
  },
);

test('refuses keys of another kind', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const env = {
    IDENTITY_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    IDENTITY_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
  expect(() => readSettings(settings, env)).toThrow(/private Ed25519[\s\S]*public Ed25519/);
});
