// A sandbox in a process of its own, which is steered from outside. Arguments: the sandbox's options as JSON.
import { startSandbox } from '../../dist/sandbox/index.js';
import { createDeeds } from './deeds.mjs';

const sandbox = await startSandbox(JSON.parse(process.argv[2] ?? '{}'));
const deeds = createDeeds(sandbox);
process.on('message', (/** @type {{ id: number, name: keyof typeof deeds, argument: any }} */ order) => {
  const { id, name, argument } = order;
  const begun = process.hrtime();
  Promise.resolve(deeds[name](argument)).then(
    () => process.send?.({ id, begun }),
    (error) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
process.send?.({ env: sandbox.env });
