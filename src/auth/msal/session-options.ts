import type { Environment } from '../../config/environment.js';
import type { ResolvedConnection, ResolvedOAuth2 } from '../../config/resolved.js';
import type { HttpClient } from '../../network/http.js';

/** What a sign-in needs to know. */
export interface MsalSessionOptions {
  readonly connection: ResolvedConnection;
  readonly auth: ResolvedOAuth2;
  readonly environment: Environment;
  readonly http: HttpClient;
}
