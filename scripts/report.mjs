import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './command.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, duration: number }} Counts duration in milliseconds */
/** @typedef {import('@playwright/test/reporter').JSONReport} JSONReport */

/** Where the two runs leave their reports: the package's own tests, and the examples. */
export const reports = /** @type {const} */ ({
  tests: 'test-results/tests.json',
  examples: 'test-results/examples.json',
});

/** @param {string} path */
export function removeReport(path) {
  rmSync(join(root, path), { force: true });
}

/**
 * @param {string} path
 * @returns {JSONReport | undefined}
 */
export function readReport(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * A test that passed only when repeated counts as failed, and so does an error outside of any test, or a run that
 * left no report.
 * @param {JSONReport | undefined} report
 * @returns {Counts}
 */
export function count(report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, duration: 0 };
  const { expected, unexpected, flaky, skipped, duration } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped, duration };
}

/**
 * Where the tests are that did not pass at once, and what they are called; errors outside of any test besides.
 * @param {JSONReport | undefined} report
 * @returns {string[]}
 */
export function failures(report) {
  const failed = (report?.suites ?? [])
    .flatMap(specs)
    .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'));
  const outside = (report?.errors ?? []).map(({ message }) => message ?? 'an error outside of any test');
  return [...failed.map(({ file, line, title }) => `${file}:${line} ${title}`), ...outside];
}

/**
 * The subjects of the mails that the specs were handed out, and how often.
 * @param {JSONReport | undefined} report
 * @returns {Map<string, number>}
 */
export function handedOut(report) {
  const subjects = (report?.suites ?? [])
    .flatMap(specs)
    .flatMap(({ tests }) => tests.flatMap(({ results }) => results.flatMap(({ attachments }) => attachments)))
    .filter(({ contentType }) => contentType === 'message/rfc822')
    .map(({ name }) => name.replace(/\.eml$/, ''));
  return subjects.reduce((times, subject) => times.set(subject, (times.get(subject) ?? 0) + 1), new Map());
}

/**
 * @param {import('@playwright/test/reporter').JSONReportSuite} suite
 * @returns {import('@playwright/test/reporter').JSONReportSpec[]}
 */
function specs(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specs)];
}
