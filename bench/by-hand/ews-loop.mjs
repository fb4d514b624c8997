import { Agent, request } from 'node:http';
import { simpleParser } from 'mailparser';
import { Queue } from '../queue.mjs';

/**
 * Waiting for mail over EWS as one writes it for one project, in raw SOAP. What it leaves out: it takes an event's
 * word for it, so what comes while the stream is down is lost; no reconnect, no retry, no OAuth, no proxy, no time-out; other people's mail is fetched too; a moved message comes twice.
 * @param {{ url: string, address: string, password: string }} options
 * @returns {Promise<import('../receiver.mjs').Receiver>}
 */
export async function openEwsLoop({ url, address, password }) {
  const agent = new Agent({ keepAlive: true });
  const headers = { 'Content-Type': 'text/xml; charset=utf-8' };
  const options = { method: 'POST', agent, headers, auth: `${address}:${password}` };
  /** @type {Queue<import('mailparser').ParsedMail>} */
  const mails = new Queue();

  /** @param {string} operation */
  async function call(operation) {
    const response = await post(url, options, envelope(operation));
    let answer = '';
    for await (const chunk of response.setEncoding('utf8')) answer += chunk;
    return answer;
  }

  const subscriptionId = part(await call(subscribe), /<m:SubscriptionId>([^<]+)/);
  const stream = await post(url, options, envelope(getStreamingEvents(subscriptionId)));
  const ended = follow(stream.setEncoding('utf8'), async (itemId) => {
    const source = part(await call(getItem(itemId)), /<t:MimeContent[^>]*>([^<]+)/);
    mails.push(await simpleParser(Buffer.from(source, 'base64')));
  });
  return {
    address,
    next: async () => (await mails.next()).subject ?? '',
    async close() {
      stream.destroy();
      await ended.catch(() => {});
      agent.destroy();
    },
  };
}

/**
 * Handles the messages of a stream of notifications one after the other.
 * @param {AsyncIterable<string>} stream
 * @param {(itemId: string) => Promise<void>} handle
 */
async function follow(stream, handle) {
  let text = '';
  for await (const chunk of stream) {
    text += chunk;
    const end = text.lastIndexOf('Envelope>');
    if (end < 0) continue;
    const events = text.slice(0, end).matchAll(/<t:NewMailEvent>.*?<t:ItemId Id="([^"]+)"/gs);
    text = text.slice(end);
    for (const [, itemId = ''] of events) await handle(itemId);
  }
}

/**
 * @param {string} url
 * @param {import('node:http').RequestOptions} options
 * @param {string} body
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
function post(url, options, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      if (response.statusCode === 200) resolve(response);
      else sent.destroy(new Error(`EWS answers ${response.statusCode}`));
    });
    sent.on('error', reject).end(body);
  });
}

/** @param {string} operation */
function envelope(operation) {
  return `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
  xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
  xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
  <s:Header><t:RequestServerVersion Version="Exchange2013" /></s:Header>
  <s:Body>${operation}</s:Body>
</s:Envelope>`;
}

const subscribe = `<m:Subscribe>
  <m:StreamingSubscriptionRequest>
    <t:FolderIds><t:DistinguishedFolderId Id="inbox" /></t:FolderIds>
    <t:EventTypes><t:EventType>NewMailEvent</t:EventType></t:EventTypes>
  </m:StreamingSubscriptionRequest>
</m:Subscribe>`;

/** @param {string} subscriptionId */
function getStreamingEvents(subscriptionId) {
  return `<m:GetStreamingEvents>
  <m:SubscriptionIds><t:SubscriptionId>${subscriptionId}</t:SubscriptionId></m:SubscriptionIds>
  <m:ConnectionTimeout>30</m:ConnectionTimeout>
</m:GetStreamingEvents>`;
}

/** @param {string} itemId */
function getItem(itemId) {
  return `<m:GetItem>
  <m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape>
  <m:ItemIds><t:ItemId Id="${itemId}" /></m:ItemIds>
</m:GetItem>`;
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
function part(text, pattern) {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`EWS gave no ${pattern.source}`);
  return found;
}
