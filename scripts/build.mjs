import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './command.mjs';

// What an earlier build left behind would be packed too.
rmSync(join(root, 'dist'), { recursive: true, force: true });
const { ok } = await runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
process.exitCode = ok ? 0 : 1;
