// Starts the application with the sandbox as its mail server: the only place that knows of both.
import { startApplication } from './app/server.mjs';

const smtp = process.env['PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP'];
if (!smtp) throw new Error('PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP is not set: start the sandbox first.');

console.log(`Listening on ${await startApplication({ smtp: `smtp://${smtp}` })}`);

// Playwright holds the other end of stdin, so it ends with Playwright, however that ends.
process.stdin.on('end', () => process.exit()).resume();
