import { defineConnections, sandboxConnection } from 'playwright-exchange/config';

export default defineConnections({
  ews: sandboxConnection({ protocol: 'ews' }),
  imap: sandboxConnection({ protocol: 'imap' }),
  graph: sandboxConnection({ protocol: 'graph' }),
  support: sandboxConnection({ protocol: 'ews', user: 'support@contoso.com' }),
});
