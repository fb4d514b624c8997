import type { Environment } from '../config/environment.js';
import type { ResolvedConnection } from '../config/resolved.js';
import type { HttpClient } from '../network/http.js';
import type { Examination } from './examination.js';

/** A connection whose definition is sound, and what the legs need to try it. */
export interface Patient {
  readonly examination: Examination;
  readonly connection: ResolvedConnection;
  readonly environment: Environment;
  /** The folder below which tokens are kept. */
  readonly directory: string;
  readonly http: HttpClient;
  readonly sends: boolean;
}

/** What it takes to sign in. */
export type SignInPatient = Pick<Patient, 'connection' | 'environment' | 'directory' | 'http'>;
