import { expect, test } from '@playwright/test';
import { EitherSignal } from '../../src/async/either-signal.js';
import { onAbort } from '../../src/async/on-abort.js';
import { sleep } from '../../src/async/sleep.js';

test('any number may listen to a signal without a warning, each is called once, in order', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const controller = new AbortController();
  const called: number[] = [];
  for (let number = 0; number < 50; number++) onAbort(controller.signal, () => called.push(number));
  const leave = onAbort(controller.signal, () => called.push(-1));
  leave();
  const sleeping = Array.from({ length: 50 }, () => sleep(1e6, controller.signal).catch((error: unknown) => error));
  controller.abort('enough');
  controller.abort('again');
  expect(await Promise.all(sleeping)).toEqual(Array.from({ length: 50 }, () => 'enough'));
  await new Promise(setImmediate);
  process.off('warning', note);
  expect(called).toEqual(Array.from({ length: 50 }, (_, number) => number));
  expect(warnings).toEqual([]);
});

test('who listens to a signal that has aborted is called at once', () => {
  let calls = 0;
  onAbort(AbortSignal.abort(), () => calls++);
  expect(calls).toBe(1);
});

test('either signal aborts with the reason of the first, and not once it is disposed of', () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const either = new EitherSignal(one.signal, undefined, other.signal);
  const disposed = new EitherSignal(one.signal);
  disposed[Symbol.dispose]();
  other.abort('other');
  one.abort('one');
  expect(either.signal.reason).toBe('other');
  expect(disposed.signal.aborted).toBe(false);
  expect(new EitherSignal(AbortSignal.abort('before')).signal.reason).toBe('before');
});
