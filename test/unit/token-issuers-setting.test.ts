import { expect, test } from '@jest/globals';
import { readSettings } from '../../common/settings.ts';
import { tokenIssuersSetting } from '../../gateway/tokens/issuer-config.ts';

test.each([
  ['nonsense', /TOKEN_ISSUERS: expected a list of issuers, in JSON or YAML$/],
  ['{ not: [closed', /TOKEN_ISSUERS: expected a list of issuers, in JSON or YAML$/],
  ['[{ "issuer": "nowhere", "audience": "graph" }]', /TOKEN_ISSUERS: 0\.issuer: expected an address/],
  ['[{ "issuer": "http://id.example", "audience": "graph" }]', /TOKEN_ISSUERS: 0: expected an https address$/],
])('%s: says what was expected, and where', (TOKEN_ISSUERS, message) => {
  expect(() => readSettings({ issuers: tokenIssuersSetting }, { TOKEN_ISSUERS })).toThrow(message);
});
