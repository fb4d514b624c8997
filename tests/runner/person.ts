import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { chromium, expect, type Page } from '@playwright/test';

/** A person at the sign-in window: they reach it as any tool does that attaches to a browser's debugging port. */
export class Person {
  readonly port: number;

  private constructor(port: number) {
    this.port = port;
  }

  static async create(): Promise<Person> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return new Person(port);
  }

  /** Does something in the sign-in window, once it is there. */
  async act(action: (page: Page) => Promise<void>): Promise<void> {
    await using browser = await this.#attach();
    const pages = (): Page[] => browser.contexts().flatMap((context) => context.pages());
    await expect.poll(() => pages().filter((page) => page.url().startsWith('http')).length).toBeGreaterThan(0);
    await action(pages().find((page) => page.url().startsWith('http'))!);
  }

  async #attach(): ReturnType<typeof chromium.connectOverCDP> {
    const attach = () => chromium.connectOverCDP(`http://127.0.0.1:${this.port}`);
    await expect(async () => await (await attach()).close()).toPass({ timeout: 30_000 });
    return await attach();
  }
}

/** Account, password, "Stay signed in?"; what follows is the consent page. */
export async function enterPassword(page: Page, password: string, account?: string): Promise<void> {
  if (account) await page.getByLabel('Email').fill(account);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'No' }).click();
}

export async function signIn(page: Page, password: string, account?: string): Promise<void> {
  await enterPassword(page, password, account);
  await page.getByRole('button', { name: 'Accept' }).click();
}
