import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { simpleParser } from 'mailparser';

/**
 * Waiting for mail over Microsoft Graph as one writes it for one project, in raw HTTP. What it leaves out: no new
 * token once this one has expired, no retry, no throttling, no proxy, no time-out; a delta link that is forgotten ends
 * it; other people's mail is fetched too, and a message that is marked or moved comes twice.
 * @param {{ url: string, address: string, interval: number }} options `interval` is the milliseconds between two looks
 * @returns {Promise<import('../receiver.mjs').Receiver>}
 */
export async function openGraphLoop({ url, address, interval }) {
  const agent = new Agent({ keepAlive: true });
  const token = await signIn(`${url}/contoso.com/oauth2/v2.0/token`, agent);
  const headers = { Authorization: `Bearer ${token}` };
  const messages = `${url}/v1.0/users/${address}/messages`;
  const since = new Date(Date.now() - 48 * 3_600_000).toISOString();
  const query = `$select=subject&$filter=${encodeURIComponent(`receivedDateTime ge ${since}`)}`;
  /** @type {import('mailparser').ParsedMail[]} */
  const mails = [];

  /** @param {string} target */
  const get = (target) => ask(target, { agent, headers });
  let { link } = await readRound(get, `${url}/v1.0/users/${address}/mailFolders/inbox/messages/delta?${query}`);

  async function look() {
    const round = await readRound(get, link);
    link = round.link;
    for (const id of round.ids) mails.push(await simpleParser(await get(`${messages}/${id}/$value`)));
  }

  return {
    address,
    async next() {
      await look();
      while (mails.length === 0) {
        await sleep(interval);
        await look();
      }
      return mails.shift()?.subject ?? '';
    },
    close: async () => agent.destroy(),
  };
}

/**
 * @param {string} url
 * @param {Agent} agent
 */
async function signIn(url, agent) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'sandbox',
    client_secret: 'sandbox',
    scope: 'https://graph.microsoft.com/.default',
  });
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return JSON.parse((await ask(url, { method: 'POST', agent, headers }, body.toString())).toString()).access_token;
}

/**
 * The pages of a round of changes.
 * @param {(target: string) => Promise<Buffer>} get
 * @param {string} start
 */
async function readRound(get, start) {
  /** @type {string[]} */
  const ids = [];
  for (let target = start; ;) {
    const page = JSON.parse((await get(target)).toString());
    for (const entry of page.value) if (!entry['@removed']) ids.push(entry.id);
    if (page['@odata.deltaLink']) return { ids, link: /** @type {string} */ (page['@odata.deltaLink']) };
    target = page['@odata.nextLink'];
  }
}

/**
 * @param {string} url
 * @param {import('node:http').RequestOptions} options
 * @param {string} [body]
 * @returns {Promise<Buffer>}
 */
function ask(url, options, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      if (response.statusCode === 200) resolve(Buffer.concat(chunks));
      else reject(new Error(`${url} answers ${response.statusCode}`));
    });
    sent.on('error', reject).end(body);
  });
}
