/** A value that is read from an environment variable when the connection is opened. */
export interface EnvReference {
  /** The variable's name. */
  readonly env: string;
}

/** A value, or the environment variable that holds it. */
export type ValueOrEnv<T> = T | EnvReference;
