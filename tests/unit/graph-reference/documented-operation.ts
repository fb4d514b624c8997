/**
 * The operations for mail of Microsoft's Graph reference, v1.0. Each names its page,
 * https://learn.microsoft.com/graph/api/PAGE, and has the status and the properties that the page's example answers with.
 */
export interface DocumentedOperation {
  readonly page: string;
  /** `{message}` and its like stand for something that is there. */
  readonly ask: string;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What of the sandbox's tokens it takes, where a person's own does not do. */
  readonly token?: 'app';
  readonly status: number;
  /** What the answer has, or where it is a list, each of its entries. */
  readonly properties?: readonly string[];
  /** Whether it is a list; `filled` where it has to have an entry here. */
  readonly list?: 'any' | 'filled';
  /** What the text of the answer looks like, where it is no JSON. */
  readonly text?: RegExp;
}
