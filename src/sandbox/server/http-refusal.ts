/** A request that is not served, whatever door it is for. */
export class HttpRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function nothingAt(path: string): HttpRefusal {
  return new HttpRefusal(404, `The sandbox has nothing at ${path}`);
}
