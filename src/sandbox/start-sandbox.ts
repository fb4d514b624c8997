import type { Certificate } from './server/certificate.js';
import { keptCertificate } from './server/kept-certificate.js';
import type { SandboxMail } from './message/compose-mail.js';
import { caPath } from './control/control-sign.js';
import type { DataFolder } from './data/data-folder.js';
import type { Interruptions } from './control/interruptions.js';
import { ChangeStreams } from './inbox/change-streams.js';
import { MessageJournal } from './inbox/message-journal.js';
import type { SandboxMessage } from './inbox/sandbox-message.js';
import type { Settings } from './inbox/settings.js';
import { RequestLog } from './requests/request-log.js';
import type { SandboxRooms } from './server/door.js';
import { noFaults, type Faults } from './faults.js';
import { httpDoors, type HttpDoors } from './http-doors.js';
import { openHttpServer } from './server/http-server.js';
import { notKept, type RecordsOf } from './data/kept-map.js';
import { Clock } from './identity/clock.js';
import { Directory, type SandboxDirectory } from './identity/directory.js';
import { IssuedTokens, type SandboxTokens } from './identity/tokens/issued-tokens.js';
import { openImapDoor } from './imap/imap-door.js';
import { microsoftHosts } from './server/microsoft-hosts.js';
import { loopback, type Listener } from './server/listen.js';
import type { Webhook } from './webhook/webhook.js';
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
  /** The certificate authority to trust for TLS, as PEM; another one for every sandbox, unless it is kept in `data`. */
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
  const data = resolved.data ? await openDataFolder(resolved.data) : undefined;
  let sandbox: RunningSandbox | undefined;
  try {
    sandbox = new RunningSandbox(resolved, data);
    if (resolved.seed && data?.isNew !== false) await sandbox.plant(resolved.seed);
    if (resolved.webhook) await sandbox.tell(resolved.webhook);
    await sandbox.resume();
    await sandbox.listen();
    sandbox.tokens.key.begin();
    return sandbox;
  } catch (error) {
    if (sandbox) await sandbox.close();
    else data?.close();
    throw data ? data.failure(error) : error;
  }
}

async function openDataFolder(path: string): Promise<DataFolder> {
  const { DataFolder } = await import('./data/data-folder.js');
  return DataFolder.open(path);
}

class RunningSandbox implements Sandbox {
  readonly faults = noFaults();
  readonly store: MailStore;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly tokens: IssuedTokens;
  readonly #options: ResolvedSandboxOptions;
  readonly #certificate: Certificate;
  readonly #rooms: SandboxRooms & { readonly requests: RequestLog; readonly records: RecordsOf };
  readonly #journal: MessageJournal;
  readonly #doors: HttpDoors;
  readonly #data: DataFolder | undefined;
  #webhook: Webhook | undefined;
  #closed: Promise<void> | undefined;
  #listeners: readonly Listener[] = [];
  #ports: { readonly http: number; readonly smtp: number; readonly imap: number; readonly imapTls: number };

  constructor(options: ResolvedSandboxOptions, data: DataFolder | undefined) {
    const { faults } = this;
    const records = data ? data.records.bind(data) : notKept;
    const clock = new Clock(records);
    this.clock = clock;
    this.#certificate = keptCertificate(records, options.proxy ? microsoftHosts : []);
    const store = new MailStore(() => faults.unauthentic, data?.kept);
    data?.keep(store);
    this.store = store;
    this.#data = data;
    this.#journal = new MessageJournal(store);
    const directory = new Directory(options.apps, records);
    const { accessTokenLifetime } = options;
    const tokens = new IssuedTokens({ clock, directory, accessTokenLifetime, records });
    this.directory = directory;
    this.tokens = tokens;
    this.#options = options;
    this.#rooms = { store, tokens, faults, requests: new RequestLog(), records };
    this.#ports = { http: options.port, smtp: options.smtpPort, imap: options.imapPort, imapTls: options.imapTlsPort };
    const rooms = { ...this.#rooms, clock, directory, tokens, journal: this.#journal, changes: new ChangeStreams() };
    const settings = (): Settings => this.#settings;
    this.#doors = httpDoors({ ...rooms, interruptions: this, ca: this.ca, settings }, options);
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
    return this.#doors.ews.opened ?? { openStreams: 0, openSubscriptions: 0 };
  }

  async deliver(mail: SandboxMail): Promise<void> {
    const [{ deliver }, { composeMail }] = await Promise.all([
      import('./delivery/deliver.js'),
      import('./message/compose-mail.js'),
    ]);
    await deliver(this.store, await composeMail(mail));
  }

  async messages(address?: string): Promise<SandboxMessage[]> {
    const { findMessages } = await import('./inbox/find-messages.js');
    return findMessages(this.#journal, { mailbox: address }, this.url);
  }

  dropStreams(): void {
    this.#doors.ews.opened?.dropStreams();
  }

  dropConnections(): void {
    for (const listener of this.#listeners) listener.drop();
  }

  forgetSubscriptions(): void {
    this.#doors.ews.opened?.forgetSubscriptions();
    this.#doors.graph.opened?.forgetSubscriptions();
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

  /** Puts mails into the mailboxes. @throws CONFIGURATION with those that can't be used */
  async plant(seed: string): Promise<void> {
    const [{ readSeed }, { plantSeed }] = await Promise.all([
      import('./seed/read-seed.js'),
      import('./seed/plant-seed.js'),
    ]);
    const mails = await readSeed(seed);
    const plantAll = (): void => plantSeed(this.store, mails);
    if (this.#data) this.#data.all(plantAll);
    else plantAll();
  }

  /** Has what clients subscribed to at an earlier start go on. */
  async resume(): Promise<void> {
    const [kept] = this.#rooms.records('subscription').entries;
    if (kept) await (await this.#doors.graph.open()).resume();
  }

  /** Has an endpoint told of every delivery from now on. */
  async tell(endpoint: string): Promise<void> {
    const { Webhook } = await import('./webhook/webhook.js');
    this.#webhook = new Webhook(this.store, { endpoint, requests: this.#rooms.requests, origin: () => this.url });
  }

  /** Opens the ports; both or none. */
  async listen(): Promise<void> {
    const { hosts, proxy: isProxy, password, requireSmtpAuth: requireAuth, mailServer } = this.#options;
    const isExchange = mailServer === 'exchange';
    const [ports, certificate] = [this.#ports, this.#certificate];
    const http = await openHttpServer(this.#doors.all, {
      port: ports.http,
      certificate,
      hosts,
      isProxy,
      portOf: (service) => this.#ports[service],
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
    for (const door of this.#doors.all) door.close();
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
