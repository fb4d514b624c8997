export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A plain text as a piece of HTML that looks like it. */
export function textToHtml(text: string): string {
  return text === '' ? '' : `<div style="white-space: pre-wrap">${escapeHtml(text)}</div>`;
}
