import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { startTcpProxy } from '../setup/faults/tcp-proxy.ts';

test("passes bytes both ways under the target's address, and counts connections", async () => {
  await using line = await startLine();
  expect(line.proxy.url).toMatch(/^redis:\/\/127\.0\.0\.1:\d+\/1$/);
  await using client = await line.connect();
  expect(await client.ask('ping')).toBe('PING');
  expect(line.proxy.counts()).toEqual({ connections: 1, arrived: 1, passed: 1 });
  line.proxy.resetCounts();
  expect(line.proxy.counts()).toEqual({ connections: 0, arrived: 0, passed: 0 });
});

test('dead: open connections are reset, and new ones too, until it is well again', async () => {
  await using line = await startLine();
  await using open = await line.connect();
  line.proxy.set({ mode: 'dead' });
  expect(await open.ended).toBe('ECONNRESET');
  await using next = await line.connect();
  await next.ended;
  expect(line.proxy.counts()).toMatchObject({ connections: 2, passed: 1 });
  line.proxy.set({ mode: 'pass' });
  await using last = await line.connect();
  expect(await last.ask('ping')).toBe('PING');
});

test('hang: nothing passes either way, and what was held comes when it is well again', async () => {
  await using line = await startLine();
  await using client = await line.connect();
  await client.ask('ping');
  line.proxy.set({ mode: 'hang' });
  const held = client.ask('held');
  expect(await Promise.race([held, later(80)])).toBe('later');
  expect(line.received()).toBe('ping');
  line.proxy.set({ mode: 'pass' });
  expect(await held).toBe('HELD');
});

test('delay, slower: answers come later', async () => {
  await using line = await startLine({ ms: 30 });
  await using client = await line.connect();
  line.proxy.set({ mode: 'delay', ms: 100 });
  expect(await took(() => client.ask('a'))).toBeGreaterThanOrEqual(125);
  line.proxy.set({ mode: 'slower', times: 5 });
  expect(await took(() => client.ask('b'))).toBeGreaterThanOrEqual(140);
});

test('drip: an answer comes byte by byte', async () => {
  await using line = await startLine();
  await using client = await line.connect();
  line.proxy.set({ mode: 'drip', bytesPerSecond: 50 });
  expect(await client.ask('ping')).toBe('P');
});

test('garbage: an answer is as long as the real one, and nothing of it', async () => {
  await using line = await startLine();
  await using client = await line.connect();
  line.proxy.set({ mode: 'garbage' });
  const answer = await client.ask('a line of some length');
  expect(answer).not.toContain('LINE');
  expect(line.received()).toBe('a line of some length');
});

test('flap: a share of the connections', async () => {
  await using line = await startLine();
  line.proxy.set({ mode: 'flap', share: 0.5, fault: { mode: 'dead' } });
  const answers: string[] = [];
  for (let opened = 0; opened < 4; opened += 1) {
    await using client = await line.connect();
    answers.push(await Promise.race([client.ask('ping'), client.ended]));
  }
  expect(answers.filter((answer) => answer === 'PING')).toHaveLength(2);
  expect(line.proxy.counts()).toMatchObject({ connections: 4, passed: 2 });
});

async function took(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

function later(ms: number): Promise<'later'> {
  return new Promise((resolve) => setTimeout(resolve, ms, 'later'));
}

/** A server that answers in capitals after `ms`, and the proxy before it. */
async function startLine({ ms = 0 }: { ms?: number } = {}) {
  const received: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received.push(chunk.toString());
      setTimeout(() => socket.write(chunk.toString().toUpperCase()), ms);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await startTcpProxy(`redis://127.0.0.1:${(server.address() as AddressInfo).port}/1`);
  return {
    proxy,
    received: () => received.join(''),
    connect: () => connectTo(proxy.url),
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function connectTo(url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const ended = new Promise<string>((resolve) => {
    socket.on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? ''));
    socket.on('close', () => resolve('closed'));
  });
  await Promise.race([once(socket, 'connect'), ended]);
  return {
    ended,
    /** The next that comes after `text` was sent. */
    ask: async (text: string): Promise<string> => {
      socket.write(text);
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      return chunk.toString();
    },
    [Symbol.asyncDispose]: async () => {
      socket.destroy();
    },
  };
}
