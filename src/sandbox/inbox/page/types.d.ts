import type { FaultState } from '../../control/fault-states.js';
import type { ExchangeSummary, WholeExchange } from '../../requests/exchange.js';
import type { MessageDetail } from '../message-detail.js';
import type { SandboxMessage } from '../sandbox-message.js';

/** What is left of a value that went through JSON. */
type Json<T> = T extends Date
  ? string
  : T extends readonly (infer Member)[]
    ? readonly Json<Member>[]
    : T extends object
      ? { readonly [Name in keyof T]: Json<T[Name]> }
      : T;

export type Message = Json<SandboxMessage>;
export type WholeMessage = Json<MessageDetail>;
export type Request = Json<ExchangeSummary>;
export type WholeRequest = Json<WholeExchange>;
export type Fault = FaultState;

export interface Mailbox {
  readonly address: string;
  readonly messages: number;
}
