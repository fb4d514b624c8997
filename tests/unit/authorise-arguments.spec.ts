import { expect, test } from '@playwright/test';
import { authorise } from '../../src/auth/authorise/authorise.js';
import { PollingNetwork } from '../../src/auth/msal/polling-network.js';
import { faultsOf } from '../support/faults-of.js';

const faulty: Record<string, [unknown[], RegExp]> = {
  'no name': [[undefined], /^the name of a connection is a text, not undefined$/],
  'a time-out in place of options': [['x', 60_000], /^the options are an object: .*; this is the number 60000$/],
  'no time': [['x', { timeout: 0 }], /^timeout must be more than 0/],
  'a time-out without end': [
    ['x', { timeout: Infinity }],
    /^timeout must be milliseconds, .* not the number Infinity$/,
  ],
  'a misspelt option': [['x', { timeOut: 5 }], /^timeOut is not a field of the options: did you mean timeout\?$/],
};

for (const [what, [args, fault]] of Object.entries(faulty)) {
  test(`authorise() refuses ${what}`, () => {
    const faults = faultsOf(() => authorise(...(args as Parameters<typeof authorise>)));
    expect(faults).toEqual([expect.stringMatching(fault)]);
  });
}

for (const [given, taken] of [
  [1, 1],
  [1e12, 60],
  [-1, 5],
  ['soon', 5],
  [undefined, 5],
] as const) {
  test(`a device code's interval of ${given} s is one of ${taken} s`, async () => {
    const network = new PollingNetwork({
      request: async () => ({
        status: 200,
        headers: {},
        body: Buffer.from(JSON.stringify({ device_code: 'd', interval: given })),
      }),
      stream: () => Promise.reject(new Error('no stream')),
      close() {},
    });
    const { body } = await network.sendPostRequestAsync<{ interval: number }>('https://login.contoso.com/devicecode');
    expect(body.interval).toBe(taken);
  });
}
