import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { freePorts } from '../support/free-ports.js';

/** A person at the sign-in window: they reach it as any tool does that attaches to a browser's debugging port. */
export class Person {
  readonly port: number;

  private constructor(port: number) {
    this.port = port;
  }

  static async create(): Promise<Person> {
    const [port = 0] = await freePorts(1);
    return new Person(port);
  }

  /** Does something in the sign-in window, once it is there. */
  async act<T>(action: (page: Page) => Promise<T>): Promise<T> {
    await using browser = await this.#attach();
    const pages = (): Page[] => browser.contexts().flatMap((context) => context.pages());
    await expect
      .poll(() => pages().filter((page) => page.url().startsWith('http')).length, { timeout: 60_000 })
      .toBeGreaterThan(0);
    return await action(pages().find((page) => page.url().startsWith('http'))!);
  }

  async #attach(): Promise<Browser> {
    let browser: Browser | undefined;
    await expect(async () => {
      browser = await chromium.connectOverCDP(`http://127.0.0.1:${this.port}`);
    }).toPass({ timeout: 120_000 });
    return browser!;
  }
}

/** The password, or another account's first; what follows is the second factor, or "Stay signed in?". */
export async function enterPassword(page: Page, password: string, account?: string): Promise<void> {
  if (account) {
    // The page may have the connection's user already.
    await page.getByRole('button', { name: /^(Next|Back)$/ }).waitFor();
    const back = page.getByRole('button', { name: 'Back' });
    if (await back.isVisible()) await back.click();
    await page.getByLabel('Email').fill(account);
    await page.getByRole('button', { name: 'Next' }).click();
  }
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Verify' }).click();
}

/** Answers "Stay signed in?", and consents. */
export async function accept(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'No' }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
}

export async function signIn(page: Page, password: string, account?: string): Promise<void> {
  await enterPassword(page, password, account);
  await accept(page);
}
