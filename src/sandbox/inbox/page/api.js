import { byId } from './dom.js';

/**
 * Asks the sandbox for something as it is now.
 * @param {string} path below `/sandbox/`
 * @returns {Promise<any>} what the answer has as JSON; nothing where it can't be had, which the next change makes good
 */
export async function look(path) {
  try {
    const response = await fetch(`/sandbox/${path}`);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Has the sandbox do something; what goes wrong is shown, and thrown.
 * @param {'POST' | 'DELETE'} method
 * @param {string} path below `/sandbox/`
 * @param {unknown} [body]
 */
export async function act(method, path, body) {
  try {
    const json = body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`/sandbox/${path}`, { method, ...json });
    if (!response.ok) throw new Error((await response.json()).error);
    showProblem('');
  } catch (error) {
    showProblem(error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/** @param {string} problem nothing where there is none */
export function showProblem(problem) {
  const shown = byId('problem');
  shown.textContent = problem;
  shown.hidden = problem === '';
}
