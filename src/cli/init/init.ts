import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ExchangeError } from '../../errors.js';
import { asUsage, UsageError, type Command } from '../command.js';
import { loadConnections } from '../load-connections.js';
import { ask, defaults, questions, type Answers } from './answers.js';
import { changedConfig, describeChange, newConfig } from './change-config.js';
import { readProject, type Project } from './project.js';
import { ignored, templates } from './templates.js';
import { addLines, writeNew } from './write-files.js';

const help = `Usage: playwright-exchange init [--yes] [--connection <kind>] [--sign-in <who>] [--workflow <kind>]
                                [--agents <what>]

Sets a Playwright project up for mail: connections, the Playwright config, an example spec that is green on the
sandbox. It overwrites nothing. In an empty folder it has Playwright make a project first.

Options:
  -y, --yes              Ask nothing: what no flag says is the default
  --connection <kind>    A mailbox besides the sandbox: sandbox (none), graph, imap, ews (default: sandbox)
  --sign-in <who>        Who signs in to it: app, person, device (default: app)
  --workflow <kind>      A workflow for a pipeline: none, github (default: none)
  --agents <what>        What agents that write tests begin with: none, seed (default: none)
  --no-install           Install nothing
  -h, --help             Show this

Exit codes: 0 it is set up; 1 something is wrong; 2 the command line is wrong
`;

/** `playwright-exchange init` */
export const initCommand: Command = async (args) => {
  const { values: options } = asUsage(() =>
    parseArgs({
      args: [...args],
      options: {
        yes: { type: 'boolean', short: 'y', default: false },
        connection: { type: 'string' },
        'sign-in': { type: 'string' },
        workflow: { type: 'string' },
        agents: { type: 'string' },
        'no-install': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    }),
  );
  if (options.help) return void process.stdout.write(help);
  const given = {
    ...answer('connection', options.connection),
    ...answer('signIn', options['sign-in']),
    ...answer('workflow', options.workflow),
    ...answer('agents', options.agents),
  };
  const directory = process.cwd();
  const isAsked = !options.yes && process.stdin.isTTY;
  const answers = isAsked ? await ask(given) : { ...defaults, ...given };
  const project = (await readProject(directory)) ?? (await createProject(directory, options['no-install']));
  if (!project.hasPackage && !options['no-install']) await run([...project.packageManager.add, 'playwright-exchange']);
  await setUp(project, answers);
};

function answer(name: keyof Answers, value: string | undefined): Partial<Answers> {
  if (value === undefined) return {};
  const choices = Object.keys(questions[name].choices);
  if (choices.includes(value)) return { [name]: value };
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${flag} is one of ${choices.join(', ')}, not '${value}'`);
}

/** By way of Playwright's own. */
async function createProject(directory: string, installsNothing: boolean): Promise<Project> {
  if (!installsNothing) await run(['npm', 'init', 'playwright@latest', '--', '--quiet', '--lang=ts']);
  const project = await readProject(directory);
  if (project) return project;
  throw new ExchangeError('CONFIGURATION', `There is no package in ${directory}.`, {
    advice: ['Run npm init playwright@latest in it first, or name another folder by changing to it.'],
  });
}

async function setUp(project: Project, answers: Answers): Promise<void> {
  const { written, kept } = await writeNew(project.directory, templates(answers, project));
  const gitignore = join(project.directory, '.gitignore');
  // Whoever has told Git of anything has told it of what npm installs.
  const lines = existsSync(gitignore) ? ignored : ['node_modules/', ...ignored];
  if (await addLines(gitignore, lines)) written.push('.gitignore');
  const config = project.config?.name ?? 'playwright.config.ts';
  const outcome = await configure(project, answers);
  if (outcome !== 'described') (outcome === 'kept' ? kept : written).push(config);
  console.log(`Written: ${written.join(', ') || 'nothing'}`);
  if (kept.length > 0) console.log(`Kept as they were: ${kept.join(', ')}`);
  if (outcome === 'described') {
    console.log(`\nPut this into ${config}, where it belongs there:\n\n${describeChange(answers, project)}`);
  }
  if (project.config && answers.connection !== 'sandbox' && answers.signIn !== 'app') {
    console.log("\nGive the projects whose specs need the sign-in: dependencies: ['authorise']");
  }
  console.log(`\nRun the example, on the sandbox:\n\n  ${project.packageManager.run} playwright test mail.spec`);
}

/** Writes the config, or changes it where that is safe; else a person is told what to put in. */
async function configure(
  { directory, config, ...shape }: Project,
  answers: Answers,
): Promise<'written' | 'kept' | 'described'> {
  if (!config) {
    await writeFile(join(directory, 'playwright.config.ts'), newConfig(answers, shape), { flag: 'wx' });
    return 'written';
  }
  if (config.text.includes('playwright-exchange')) return 'kept';
  const changed = changedConfig(config.text, answers, shape);
  if (changed === undefined) return 'described';
  const file = join(directory, config.name);
  await writeFile(file, changed);
  if (await isReadable()) return 'written';
  // What Playwright can't read any more is put back.
  await writeFile(file, config.text);
  return 'described';
}

async function isReadable(): Promise<boolean> {
  try {
    await loadConnections(undefined);
    return true;
  } catch {
    return false;
  }
}

async function run([command, ...args]: readonly string[]): Promise<void> {
  console.log(`> ${[command, ...args].join(' ')}`);
  const child = spawn(command!, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  throw new ExchangeError('CONFIGURATION', `${[command, ...args].join(' ')} ended with exit code ${code}.`);
}
