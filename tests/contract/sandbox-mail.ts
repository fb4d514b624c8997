import type { Sandbox, StoredMessage } from '../../src/sandbox/index.js';
import type { ContractServer } from './contract-server.js';

type Role = Parameters<ContractServer['move']>[1];

/** What the contract does to the sandbox's mail behind the client's back. */
export function sandboxMail(
  sandbox: Sandbox,
  account: string,
): Pick<ContractServer, 'deliver' | 'deliverSource' | 'spoil' | 'move' | 'isRead'> {
  const { store } = sandbox;
  const receivedAt = new Date();

  async function find(subject: string, role: Role): Promise<StoredMessage | undefined> {
    const { messages } = store.account(account).folder(role);
    const subjects = await Promise.all(messages.map(async (message) => (await message.parsed()).subject));
    return messages[subjects.indexOf(subject)];
  }

  return {
    deliver: (mail) => sandbox.deliver(mail),
    deliverSource: async (to, source) => {
      store.deliver({ to: [to], source: Buffer.from(source), receivedAt });
    },
    spoil: (subject, part) => {
      sandbox.faults.unreadable = { subject, part };
    },
    async move(subject, from, to) {
      const message = await find(subject, from);
      message!.folder.move(message!, store.account(account).folder(to));
    },
    isRead: async (subject) => (await find(subject, 'inbox'))?.flags.has('\\Seen'),
  };
}
