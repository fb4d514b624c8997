import { byId } from './dom.js';

/**
 * Asks the sandbox for something, or to do something; what goes wrong is shown, and thrown.
 * @param {string} path below `/sandbox/`
 * @param {{ method?: string, body?: unknown, signal?: AbortSignal }} [options]
 * @returns {Promise<any>} what the answer has as JSON
 */
export async function ask(path, { method = 'GET', body, signal } = {}) {
  try {
    const response = await fetch(`/sandbox/${path}`, {
      method,
      ...(signal && { signal }),
      ...(body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text && JSON.parse(text);
    if (!response.ok) throw new Error(answer.error ?? response.statusText);
    showProblem('');
    return answer;
  } catch (error) {
    if (!signal?.aborted) showProblem(String(error instanceof Error ? error.message : error));
    throw error;
  }
}

/** @param {string} problem nothing where there is none */
export function showProblem(problem) {
  const shown = byId('problem');
  shown.textContent = problem;
  shown.hidden = problem === '';
}
