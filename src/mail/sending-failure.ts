import { ExchangeError, isExchangeError } from '../errors.js';

/**
 * What a failure to send means for another try: only where the server surely took nothing is it transient. That is where
 * nothing left, where the server says that it was too busy, or where it let nobody in.
 */
export function sendingFailure(error: unknown, hasLeft: boolean): unknown {
  if (!isExchangeError(error) || !error.transient || !hasLeft || tookNothing(error)) return error;
  const { code, cause, advice, message } = error;
  return new ExchangeError(code, message.split('\n  - ')[0]!, {
    cause,
    advice: [...advice, 'the message may have been sent all the same: look before you send it again'],
  });
}

function tookNothing({ code }: ExchangeError): boolean {
  return code === 'SERVER_BUSY' || code.startsWith('AUTH_');
}
