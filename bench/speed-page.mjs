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
SOCKS client still in it), msal-node 377 against 237. What they make at once and
is rarely used waits: iconv-lite's tables are files of their own, libmime's codecs (60 ms) are not made, and tldts (70 ms) is loaded where two names
differ. What it costs, and how fixes arrive: [SECURITY.md](../SECURITY.md). 74 packages are installed
with this one, where 167 were.

**What every test does over EWS is requests of our own**: finding, reading, watching, sending and cleaning up are texts, tested to carry
whatever is put into them. ews-javascript-api has 22 MB, brings 68 packages of which five are used, and takes 815 ms of processor time to
load from one file, 1,343 from its own: eight workers that began to clean up at once on 2 busy cores waited half a minute for it. It is
loaded where mail is moved or put somewhere, and where a folder is named by its path.

**Our own files are bundled too** (\`dist/chunks\`, \`scripts/bundle.mjs\`): a worker loaded some 320 of them for its first message. What
is loaded together is one file, and everything is there once: no class twice. Which belong together is said in \`scripts/layers.mjs\`, since a
bundler that decides by itself made 65 files of them, for each two that begin differently: nine files are 10 to 15 % quicker, to the first message. One of them is all that importing the package takes besides the fixtures: 20 ms, where it
was 38 while it was one with what opening a connection needs. Names
are kept and nothing is made smaller, so a stack reads as before, and a comment names the source of each piece. There are no source maps, for
Playwright reads and searches the map of every file that a call goes through: a map of 250 KB cost 50 ms in every worker.

**Reached, and not**: all three are there within 240 to 350 ms of a worker without mail. EWS takes a third of the processor time of the
loop by hand, IMAP half of it; Graph, which by hand has nothing to parse, as much. Of Graph's 250 ms, msal-node is 30, the parser with
what finds links and codes 40, zod and the checks 25, our own code 30; the rest is what Node and ten requests cost where nothing is warm. A person's
connection needs no msal-node while the token that another worker got is good.

**An arrival over EWS is one request**: what push names is read by its name, with its source. It need not be listed where the article numbers that
Exchange gives leave no gap, since nothing else can have come in between; where they do, and for whoever asks for all that is there, the folder is
listed as before. Where answers come at once, EWS hands out at × 1.5 of the loop by hand, which asks for nothing but the source, so that the sandbox need
not read the mail to say whom it is for. IMAP is at × 1.1, though the envelope is read beside the source. Graph, which pushes nothing, is at × 1.3, and at
× 2 where answers are 25 ms away: it asks for the folder's next number, which costs the server next to nothing however often it is asked, then for
what is new, then for its source. The loop by hand follows a delta link, which answers the first two at once, and misses mail whose received time is old.

**A burst** of 5,000 mails for one that waits for the last is read and handed out 200 at a time: in two thirds of the time of the loop by hand over EWS and
Graph, and in one and a half of it over IMAP, where the loop takes all there is by one command.
`;

/** Writes docs/speed.md of the committed figures. */
export function writeSpeedPage() {
  const parts = Object.entries(readRecord()).map(
    ([name, { machine, date, table }]) =>
      `## ${name}\n\n${date}, ${machine}\n\n\`\`\`text\n${formatTable(table)}\n\`\`\`\n`,
  );
  writeFileSync(join(root, 'docs/speed.md'), [introduction, ...parts].join('\n'));
}
