import type { Account } from '../store/store.js';

/** Under which name a mailbox's settings have them. */
export const inferenceOverrides = 'inferenceOverrides';

/** The name under which the store keeps how a message was classified. */
export const ownInference = 'graph:inferenceClassification';

/** A sender whose mail goes to Focused, or to Other. https://learn.microsoft.com/graph/api/resources/inferenceclassificationoverride */
export interface InferenceOverride {
  readonly id: string;
  readonly classifyAs: 'focused' | 'other';
  readonly senderEmailAddress: { readonly name: string; readonly address: string };
}

/** How a mailbox's owner wants mail from a sender classified; nothing where that was never said. */
export function classify({ settings }: Account, sender: string | undefined): string | undefined {
  const overrides = (settings.get(inferenceOverrides) as readonly InferenceOverride[] | undefined) ?? [];
  const address = sender?.toLowerCase();
  return overrides.find(({ senderEmailAddress }) => senderEmailAddress.address.toLowerCase() === address)?.classifyAs;
}
