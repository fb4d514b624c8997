/** One thing that is wrong with a connection's definition. */
export interface Fault {
  /** The field's path: `auth.tenantId`. */
  readonly field: string;
  readonly problem: string;
  /** The environment variable that is to blame, where it is one. */
  readonly variable?: string;
}
