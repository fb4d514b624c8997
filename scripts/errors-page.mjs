/** @typedef {import('../src/auth/failures/failure-kind.js').FailureKind} FailureKind */

/** What a kind's texts say of a connection, in words. */
const placeholders = /** @type {Record<string, string>} */ ({
  user: 'the account',
  tenantId: '`tenantId`',
  clientId: '`clientId`',
  scopes: '`scopes`',
  login: '`cloud`',
  consentUrl: 'the address that the error names',
});

/** docs/errors.md, of the tables by which the package as built tells errors apart. */
export async function errorsPage() {
  const { errorCodes } = await import('../dist/errors/error-codes.js');
  const { failureKinds } = await import('../dist/auth/failures/failure-kinds.js');
  const codes = Object.entries(errorCodes).map(([code, { meaning, remedy }]) => [`\`${code}\``, meaning, remedy]);
  return `# Errors

Every error of this package is an \`ExchangeError\`. Its message says what was tried, on which connection, and what happened; then
what to do, a line each. \`code\` is a stable word to branch on, \`advice\` the lines, \`transient\` whether it may pass, \`cause\` what lies
below.

\`\`\`ts
import { ExchangeError, test } from 'playwright-exchange';

test('is skipped while nobody has signed in', async ({ exchange }) => {
  const second = await exchange.open('support').catch((error: unknown) => {
    if (error instanceof ExchangeError && error.code === 'AUTH_MISSING') return undefined;
    throw error;
  });
  test.skip(!second, 'nobody has signed in');
});
\`\`\`

This page is made of the code's own tables, by \`npm run docs\`.

## Codes

${table(['`code`', 'what it means', 'what helps'], codes)}

## When Microsoft gives no token

The first word of the message says which of these it is. Microsoft's own text follows, with its AADSTS code, and with what an
administrator finds it by in the sign-in log. Where it says *authorise*, a person signs in again, afterwards:
\`npx playwright test --project authorise\`. A connection's tokens: [signing in](signing-in.md#what-is-kept).

${table(['first word', '`code`', 'what it means', 'what helps', 'AADSTS'], failureKinds.map(row))}

What is none of these is \`AUTH_REFUSED\`: look the code up at <https://login.microsoftonline.com/error>. What passes (*it passes*) is
tried again until the deadline of what is waiting, no sooner than Microsoft asks for; nothing else is.
`;
}

/** @param {FailureKind} kind */
function row({ word, code, meaning, remedy, authorise, transient, aadsts, errors = [] }) {
  const help = [remedy?.replace(/[^.]$/, '$&.'), authorise && 'Authorise.', transient && 'It passes.'].filter(Boolean);
  const numbers = [...aadsts.map(String), ...errors.map((error) => `\`${error}\``)];
  return [`**${word}**`, `\`${code}\``, inWords(meaning), inWords(help.join(' ')), numbers.join(', ')];
}

/** @param {string} text */
function inWords(text) {
  return text.replaceAll(/\{(\w+)\}/g, (_, name) => placeholders[name] ?? name);
}

/**
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
function table(heads, rows) {
  const lines = [heads, heads.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}
