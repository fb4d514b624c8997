import { createInterface } from 'node:readline/promises';

/** What is decided before anything is written. */
export interface Answers {
  /** The tenant's or the server's protocol, beside the sandbox; `'sandbox'` for none. */
  readonly connection: 'sandbox' | 'graph' | 'imap' | 'ews';
  /** How a connection other than the sandbox's signs in. */
  readonly signIn: 'app' | 'person' | 'device';
  /** A workflow for a pipeline. */
  readonly workflow: 'none' | 'github';
  /** What an agent that writes tests begins with. */
  readonly agents: 'none' | 'seed';
}

interface Question {
  readonly text: string;
  /** What may be answered, the default first, and what each means. */
  readonly choices: Readonly<Record<string, string>>;
}

/** The questions, by the flag that answers each. */
export const questions: Readonly<Record<keyof Answers, Question>> = {
  connection: {
    text: 'Which mailbox besides the sandbox, which needs no tenant?',
    choices: {
      sandbox: 'none yet: the sandbox alone',
      graph: 'Exchange Online (Microsoft 365), over Microsoft Graph',
      imap: 'Exchange Online, over IMAP and SMTP',
      ews: 'an Exchange Server of your own, over Exchange Web Services',
    },
  },
  signIn: {
    text: 'Who signs in to it?',
    choices: {
      app: 'the app alone: for pipelines; an administrator grants it',
      person: 'a person, once, in a browser: no administrator needed where the tenant lets users consent',
      device: 'a person, once, on another device: for machines without a display',
    },
  },
  workflow: {
    text: 'A workflow for a pipeline, which runs the specs on the sandbox?',
    choices: { none: 'no', github: 'GitHub Actions' },
  },
  agents: {
    text: 'Will agents write tests (npx playwright init-agents)?',
    choices: { none: 'no', seed: 'yes: a seed spec that shows them the mailbox' },
  },
};

export const defaults: Answers = { connection: 'sandbox', signIn: 'app', workflow: 'none', agents: 'none' };

/** Asks what no flag has answered, on the terminal. */
export async function ask(given: Partial<Answers>): Promise<Answers> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answers: Partial<Record<keyof Answers, string>> = { ...given };
    for (const name of ['connection', 'signIn', 'workflow', 'agents'] as const) {
      if (name === 'signIn' && answers.connection === 'sandbox') continue;
      answers[name] ??= await choose(questions[name], (text) => terminal.question(text));
    }
    return { ...defaults, ...answers } as Answers;
  } finally {
    terminal.close();
  }
}

async function choose({ text, choices }: Question, question: (text: string) => Promise<string>): Promise<string> {
  const names = Object.keys(choices);
  const list = Object.entries(choices).map(([name, meaning], index) => `  ${index + 1}  ${name.padEnd(8)} ${meaning}`);
  for (;;) {
    const said = (await question(`${text}\n${list.join('\n')}\n[1] > `)).trim() || '1';
    const chosen = names[Number(said) - 1] ?? names.find((name) => name === said);
    if (chosen) return chosen;
  }
}
