import { ExchangeError, isExchangeError, isTransient } from '../../../errors.js';
import { ask, maxRedirects, type AskOptions, type Found } from './ask.js';
import type { AutodiscoverService } from './autodiscover-service.js';
import { jsonService } from './json-service.js';
import { poxService } from './pox-service.js';
import { soapService } from './soap-service.js';

export interface AutodiscoverOptions extends AskOptions {
  readonly address: string;
  /** The servers to ask about an address, as URLs, the best first; `note` takes what speaks against others. */
  readonly hosts: (address: string, note: (remark: string) => void) => AsyncIterable<string> | Iterable<string>;
}

/** The newest first: it is quick, and nobody has to sign in. */
const services: readonly AutodiscoverService[] = [jsonService, soapService, poxService];

/**
 * Finds a mailbox's EWS URL by Autodiscover: asks one server after the other, the first answer wins.
 *
 * @throws AUTODISCOVER, which lists what was asked and what each answered; AUTH_REFUSED
 */
export async function autodiscoverEws(options: AutodiscoverOptions): Promise<string> {
  const journal = new Journal();
  let { address } = options;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const found = await search(address, options, journal);
    if (!found) break;
    if ('ewsUrl' in found) return found.ewsUrl;
    journal.note(`${address} is known as ${found.redirectAddress}`);
    if (!/^[^\s@]+@[a-z0-9.-]+$/i.test(found.redirectAddress)) break;
    address = found.redirectAddress;
  }
  throw journal.failure(options.address);
}

async function search(address: string, options: AutodiscoverOptions, journal: Journal): Promise<Found | undefined> {
  for await (const host of options.hosts(address, (remark) => journal.note(remark))) {
    const found = await askHost({ host, address }, options, journal);
    if (found) return found;
  }
  return undefined;
}

async function askHost(
  { host, address }: { readonly host: string; readonly address: string },
  options: AutodiscoverOptions,
  journal: Journal,
): Promise<Found | undefined> {
  const asked = services.map((service) => ({ service, address, url: service.url(host, address) }));
  for (const question of asked.filter(({ service, url }) => !service.needsSignIn || options.mayReceive(url))) {
    try {
      return await ask(question, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      if (isExchangeError(error) && error.code === 'AUTH_REFUSED') throw error;
      journal.noteFailure(question.url, error);
      if (isUnreachable(error)) return undefined;
    }
  }
  return undefined;
}

/** There is no use in asking that server something else. */
function isUnreachable(error: unknown): boolean {
  return isExchangeError(error) && ['NETWORK', 'PROXY', 'DEADLINE'].includes(error.code);
}

/** What was tried, and what came of it. */
class Journal {
  readonly #lines: string[] = [];
  /** What to do about a proxy, each once: it is often the same for one server after the other. */
  readonly #remedies = new Set<string>();
  #isTransient = false;

  note(line: string): void {
    this.#lines.push(line);
  }

  noteFailure({ origin, pathname }: URL, error: unknown): void {
    const said = (error as Error).message.split('\n')[0];
    this.note(`${origin}${pathname}: ${said}`);
    this.#isTransient ||= isTransient(error);
    if (!isExchangeError(error) || error.code !== 'PROXY') return;
    for (const line of error.advice) this.#remedies.add(line);
  }

  failure(address: string): ExchangeError {
    const advice = [...this.#lines, ...this.#remedies, "name the server as host instead of 'autodiscover'"];
    return new ExchangeError('AUTODISCOVER', `no EWS URL was found for ${address}`, {
      advice,
      transient: this.#isTransient,
    });
  }
}
