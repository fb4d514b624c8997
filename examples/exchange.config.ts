import { defineConnections, sandboxConnection } from 'playwright-exchange/config';

export default defineConnections({
  sandbox: sandboxConnection({ protocol: 'ews' }),
  support: sandboxConnection({ protocol: 'ews', user: 'support@contoso.com' }),
});
