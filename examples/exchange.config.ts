import { defineConnections, sandboxConnection } from 'playwright-exchange/config';

export default defineConnections({
  ews: sandboxConnection({ protocol: 'ews' }),
  imap: sandboxConnection({ protocol: 'imap' }),
  support: sandboxConnection({ protocol: 'ews', user: 'support@contoso.com' }),
});
