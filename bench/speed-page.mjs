import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/command.mjs';
import { readRecord } from './record.mjs';
import { formatTable } from './table.mjs';

const introduction = `# Speed

Made by \`npm run bench -- --write\` in this package's repository, with the machine and the day of each part. What counts are the
ratios: both sides of one were measured in one run, by turns. \`npm run bench -- compare\` says which have become worse
by more than their spread.

## What was decided on these figures

**Libraries are bundled** (\`dist/vendor\`) where a worker's first message needs them: one file loads in a fifth to two thirds
of the time of hundreds, and what they load and never run is left out. Processor time to load, from node_modules against from
one file, on a busy machine: zod 217 against 38 ms (its translations are gone; its small face, zod/mini, takes 20), imapflow 565 against 359 (its logger and
SOCKS client still in it), msal-node 377 against 237, ews-javascript-api 1,343 against 815. That last one has 22 MB and brings
68 packages, of which five are used. What they make at once and
is rarely used waits: iconv-lite's tables are files of their own, libmime's codecs (60 ms) are not made, and tldts (70 ms) is loaded where two names
differ. What it costs, and how fixes arrive: [SECURITY.md](../SECURITY.md). 74 packages are installed
with this one, where 167 were.

**Over EWS, finding, reading, watching and sending mail are requests of our own**: texts, tested to carry whatever is put into
them. The library is loaded for what changes what is there. Up to the first message a worker took nearly twice as much processor
time as a loop by hand on the library; now it takes two thirds of it.

**Our own files are bundled too** (\`dist/chunks\`, \`scripts/bundle.mjs\`): a worker loaded some 320 of them for its first message, and loads about
100 now, in 130 to 150 ms less of processor time. What is loaded together is one file, and everything is there once: no class twice. Names are kept
and nothing is made smaller, so a stack reads as before, and a comment names the source of each piece. There are no source maps, for Playwright reads
and searches the map of every file that a call goes through: a map of 250 KB cost 50 ms in every worker.

**Not reached**: half of the loop by hand, and 350 ms more than a worker without mail; all three take some 450 to 530 ms. EWS is
at two thirds, IMAP even with the loop by hand; Graph, which by hand has nothing to parse, is beyond double.
`;

/** Writes docs/speed.md of the committed figures. */
export function writeSpeedPage() {
  const parts = Object.entries(readRecord()).map(
    ([name, { machine, date, table }]) =>
      `## ${name}\n\n${date}, ${machine}\n\n\`\`\`text\n${formatTable(table)}\n\`\`\`\n`,
  );
  writeFileSync(join(root, 'docs/speed.md'), [introduction, ...parts].join('\n'));
}
