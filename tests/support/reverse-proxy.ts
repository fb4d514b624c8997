/** What stands in front of a server, as in a company's network. */
export interface ReverseProxy extends AsyncDisposable {
  readonly port: number;
}
