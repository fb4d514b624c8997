export interface AutodiscoverRequest {
  readonly url: URL;
  readonly body: string;
  /** Where EWS is. */
  readonly service: string;
}

export interface AutodiscoverAnswer {
  readonly status: number;
  readonly type: 'application/json' | 'text/xml';
  readonly body: string;
}
