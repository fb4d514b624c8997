import { byId } from './dom.js';

/**
 * Follows what changes in the sandbox. Once it is connected, again too, all may have.
 * @param {(changed: ReadonlySet<string>) => void} tell
 */
export function follow(tell) {
  const source = new EventSource('/sandbox/events');
  source.addEventListener('open', () => {
    show('Live');
    tell(new Set(['messages', 'requests', 'faults']));
  });
  source.addEventListener('message', ({ data }) => tell(new Set(String(data).split(' '))));
  source.addEventListener('error', () => {
    show('Not connected');
    // The browser connects again by itself, but not after an answer that is none.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(tell), 2000);
  });
}

/** @param {'Live' | 'Not connected'} state */
function show(state) {
  const status = byId('live');
  status.textContent = state;
  status.classList.toggle('off', state !== 'Live');
}
