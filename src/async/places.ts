/** So many places, of which a task takes one or several while it runs. */
export interface Places {
  /** Runs a task once there are so many places for it. Rejects with the signal's reason where it aborts before. */
  run<T>(count: number, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}
