import { attendToMeetings } from './calendar/calendar-attendant.js';
import { createCertificate } from './server/certificate.js';
import { deliver } from './delivery/deliver.js';
import { composeMail, type SandboxMail } from './message/compose-mail.js';
import { caPath, createControlDoor } from './control/control-door.js';
import { DataFolder } from './data/data-folder.js';
import type { Interruptions } from './control/interruptions.js';
import { ChangeStreams } from './inbox/change-streams.js';
import { findMessages } from './inbox/find-messages.js';
import { createInboxDoor } from './inbox/inbox-door.js';
import { createInlineImagesDoor } from './inbox/inline-images-door.js';
import { MessageJournal } from './inbox/message-journal.js';
import type { SandboxMessage } from './inbox/sandbox-message.js';
import type { Settings } from './inbox/settings.js';
import { RequestLog } from './requests/request-log.js';
import type { HttpDoor, SandboxRooms } from './server/door.js';
import { createEwsDoor, type EwsDoor } from './ews/door.js';
import { noFaults, type Faults } from './faults.js';
import { createGraphDoor, type GraphDoor } from './graph/graph-door.js';
import { openHttpServer } from './server/http-server.js';
import { Clock } from './identity/clock.js';
import { Directory, type SandboxDirectory } from './identity/directory.js';
import { createIdentityDoor } from './identity/identity-door.js';
import { IssuedTokens, type SandboxTokens } from './identity/tokens/issued-tokens.js';
import { SigningKey } from './identity/tokens/signing-key.js';
import { openImapDoor } from './imap/imap-door.js';
import { loopback, type Listener } from './server/listen.js';
import { plantSeed } from './seed/plant-seed.js';
import { readSeed } from './seed/read-seed.js';
import type { SeedMail } from './seed/seed-mail.js';
import { Webhook } from './webhook/webhook.js';
import { resolveSandboxOptions, type ResolvedSandboxOptions, type SandboxOptions } from './sandbox-options.js';
import { openSmtpDoor } from './smtp/smtp-door.js';
import { MailStore } from './store/store.js';

/** A sandbox that runs: one store of mail, and real protocols as doors to it. */
export interface Sandbox extends Interruptions, AsyncDisposable {
  /** Where it listens for HTTP: sign-in, EWS, Graph, its own controls. */
  readonly url: string;
  /** Where it takes mail. */
  readonly smtp: { readonly host: string; readonly port: number };
  /** Where it is read from over IMAP: `port` for plain text and STARTTLS, `tlsPort` for TLS from the start. */
  readonly imap: { readonly host: string; readonly port: number; readonly tlsPort: number };
  /** The certificate authority to trust for TLS, as PEM; made anew for every sandbox. */
  readonly ca: string;
  /** The environment variables by which `sandboxConnection()` finds it. */
  readonly env: Readonly<Record<string, string>>;
  /** All mail, for looking at it and for moving and deleting it behind a client's back. */
  readonly store: MailStore;
  /** What goes wrong on purpose; set a field, and it takes effect on the next request. */
  readonly faults: Faults;
  /** Its tokens, for revoking, expiring and issuing them. */
  readonly tokens: SandboxTokens;
  /** Its users and apps, for disabling, wanting multi-factor authentication, changing a secret ... */
  readonly directory: SandboxDirectory;
  /** What time it is for its tokens and codes: `sandbox.clock.advance(91 * 86_400_000)` lets refresh tokens expire. */
  readonly clock: Clock;
  /** How many streaming EWS connections, and subscriptions, clients hold just now. */
  readonly ews: { readonly openStreams: number; readonly openSubscriptions: number };
  /** Puts a mail into its recipients' mailboxes. */
  deliver(mail: SandboxMail): Promise<void>;
  /**
   * What is in the mailboxes, the last that came first.
   * @param address without a tag, all that is in its mailbox; with one, what was delivered for just that. All, if it is left out
   */
  messages(address?: string): Promise<SandboxMessage[]>;
  /** Cuts every connection, forgets every subscription, and listens again on the same ports with the same mail. */
  restart(): Promise<void>;
  /** Stops; once is enough. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox in this process.
 * @throws CONFIGURATION where an option or a mail of `seed` is wrong, or `data` can't be used, NETWORK where a port is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const resolved = resolveSandboxOptions(options);
  const data = resolved.data ? await DataFolder.open(resolved.data) : undefined;
  try {
    const seed = resolved.seed && data?.isNew !== false ? await readSeed(resolved.seed) : [];
    const sandbox = new RunningSandbox(await SigningKey.ofThisProcess(), resolved, { seed, data });
    await sandbox.listen();
    return sandbox;
  } catch (error) {
    data?.close();
    throw error;
  }
}

/** What a sandbox begins with. */
interface SandboxContents {
  readonly seed: readonly SeedMail[];
  /** Where it keeps its mailboxes. */
  readonly data: DataFolder | undefined;
}

class RunningSandbox implements Sandbox {
  readonly faults = noFaults();
  readonly store: MailStore;
  readonly clock = new Clock();
  readonly directory: Directory;
  readonly tokens: IssuedTokens;
  readonly #options: ResolvedSandboxOptions;
  readonly #certificate = createCertificate();
  readonly #rooms: SandboxRooms & { readonly requests: RequestLog };
  readonly #journal: MessageJournal;
  readonly #ews: EwsDoor;
  readonly #graph: GraphDoor;
  readonly #doors: readonly HttpDoor[];
  readonly #webhook: Webhook | undefined;
  readonly #data: DataFolder | undefined;
  #closed: Promise<void> | undefined;
  #listeners: readonly Listener[] = [];
  #ports: { readonly http: number; readonly smtp: number; readonly imap: number; readonly imapTls: number };

  constructor(key: SigningKey, options: ResolvedSandboxOptions, { seed, data }: SandboxContents) {
    const { clock, faults } = this;
    const store = new MailStore(() => faults.unauthentic, data?.kept);
    attendToMeetings(store);
    data?.keep(store);
    this.store = store;
    this.#data = data;
    this.#journal = new MessageJournal(store);
    const directory = new Directory(options.apps);
    const tokens = new IssuedTokens(key, { clock, directory, accessTokenLifetime: options.accessTokenLifetime });
    this.directory = directory;
    this.tokens = tokens;
    this.#options = options;
    const [requests, changes, journal] = [new RequestLog(), new ChangeStreams(), this.#journal];
    this.#rooms = { store, tokens, faults, requests };
    this.#ports = { http: options.port, smtp: options.smtpPort, imap: options.imapPort, imapTls: options.imapTlsPort };
    this.#ews = createEwsDoor(this.#rooms, options);
    this.#graph = createGraphDoor(this.#rooms);
    const identity = createIdentityDoor({ clock, directory, tokens, faults }, options);
    const control = createControlDoor({
      ...this.#rooms,
      clock,
      directory,
      tokens,
      changes,
      interruptions: this,
      ca: this.ca,
    });
    const inbox = createInboxDoor({ store, journal, requests, changes }, () => this.#settings);
    this.#doors = [this.#ews, this.#graph, identity, control, inbox, createInlineImagesDoor(journal)];
    plantSeed(store, seed);
    const { webhook: endpoint } = options;
    this.#webhook = endpoint ? new Webhook(store, { endpoint, requests, origin: () => this.url }) : undefined;
  }

  get url(): string {
    return `http://${loopback}:${this.#ports.http}`;
  }

  get smtp(): { readonly host: string; readonly port: number } {
    return { host: loopback, port: this.#ports.smtp };
  }

  get imap(): { readonly host: string; readonly port: number; readonly tlsPort: number } {
    return { host: loopback, port: this.#ports.imap, tlsPort: this.#ports.imapTls };
  }

  get ca(): string {
    return this.#certificate.ca;
  }

  get env(): Readonly<Record<string, string>> {
    return {
      PLAYWRIGHT_EXCHANGE_SANDBOX: this.url,
      PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP: `${loopback}:${this.#ports.smtp}`,
      PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP: `${loopback}:${this.#ports.imap}`,
    };
  }

  get ews(): Sandbox['ews'] {
    return this.#ews;
  }

  async deliver(mail: SandboxMail): Promise<void> {
    await deliver(this.store, await composeMail(mail));
  }

  messages(address?: string): Promise<SandboxMessage[]> {
    return findMessages(this.#journal.latest(), { mailbox: address }, this.url);
  }

  dropStreams(): void {
    this.#ews.dropStreams();
  }

  dropConnections(): void {
    for (const listener of this.#listeners) listener.drop();
  }

  forgetSubscriptions(): void {
    this.#ews.forgetSubscriptions();
    this.#graph.forgetSubscriptions();
  }

  async restart(): Promise<void> {
    await this.#stop();
    this.forgetSubscriptions();
    await this.listen();
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Opens the ports; both or none. */
  async listen(): Promise<void> {
    const { hosts, password, requireSmtpAuth: requireAuth, mailServer } = this.#options;
    const isExchange = mailServer === 'exchange';
    const [ports, certificate] = [this.#ports, this.#certificate];
    const http = await openHttpServer(this.#doors, {
      port: ports.http,
      certificate,
      hosts,
      requests: this.#rooms.requests,
    });
    this.#listeners = [http];
    try {
      const smtp = await openSmtpDoor(this.#rooms, {
        port: ports.smtp,
        password,
        certificate,
        requireAuth,
        isExchange,
      });
      this.#listeners = [http, smtp];
      const { imap: port, imapTls: tlsPort } = ports;
      const imap = await openImapDoor(this.#rooms, { port, tlsPort, password, certificate, isExchange });
      this.#listeners = [http, smtp, imap];
      this.#ports = { http: http.port, smtp: smtp.port, imap: imap.port, imapTls: imap.tlsPort };
    } catch (error) {
      await this.#stop();
      throw error;
    }
  }

  async #close(): Promise<void> {
    this.#webhook?.close();
    for (const door of this.#doors) door.close();
    await this.#stop();
    this.#data?.close();
  }

  async #stop(): Promise<void> {
    const listeners = this.#listeners;
    this.#listeners = [];
    await Promise.all(listeners.map((listener) => listener.close()));
  }

  get #settings(): Settings {
    const { url, smtp, imap } = this;
    const { password, oneTimeCode } = this.#options;
    return { url, smtp, imap, caUrl: `${url}${caPath}`, password, oneTimeCode };
  }
}
