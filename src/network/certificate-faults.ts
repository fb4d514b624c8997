/** What is wrong with a server's TLS. */
export interface CertificateFault {
  /** `its certificate has expired` */
  readonly problem: string;
  readonly advice: readonly string[];
}

const noSwitch = 'there is no switch that turns verification off';

const unknownAuthority: CertificateFault = {
  problem: 'its certificate was issued by an authority that is not trusted',
  advice: [
    "name your company's certificate authority in tls.ca (a PEM file), or in NODE_EXTRA_CA_CERTS",
    `where a proxy inspects TLS, it is the proxy's authority; ${noSwitch}`,
  ],
};

const selfSigned: CertificateFault = {
  problem: 'its self-signed certificate is not trusted',
  advice: [`if it is the right one, name the certificate itself in tls.ca (a PEM file); ${noSwitch}`],
};

/** OpenSSL's verdicts, as Node names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const verdicts: Readonly<Record<string, CertificateFault>> = {
  CERT_HAS_EXPIRED: {
    problem: 'its certificate has expired',
    advice: [`have the certificate of that server renewed, and see whether this machine's clock is right; ${noSwitch}`],
  },
  CERT_NOT_YET_VALID: {
    problem: 'its certificate is not valid yet',
    advice: [`see whether this machine's clock is right; ${noSwitch}`],
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_UNTRUSTED: unknownAuthority,
};

/** What an error says of the server's certificate, or of its TLS at all; nothing where it is about something else. */
export function certificateFault(error: Error, code: string): CertificateFault | undefined {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(error);
  const verdict = verdicts[code];
  if (verdict) return verdict;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return { problem: error.message, advice: ['see whether that port speaks TLS'] };
  return /CERT|^ERR_TLS_|^INVALID_CA$|^HOSTNAME_MISMATCH$/.test(code)
    ? { problem: `its certificate is refused: ${error.message}`, advice: [noSwitch] }
    : undefined;
}

/** Node's error knows the certificate: https://nodejs.org/api/tls.html#tlscheckserveridentityhostname-cert */
function wrongName(error: Error & { cert?: { subjectaltname?: string }; host?: string }): CertificateFault {
  const names = error.cert?.subjectaltname?.replace(/\b(?:DNS|IP Address):/g, '');
  return {
    problem: `its certificate is for ${names || 'another host'}, not for ${error.host ?? 'this one'}`,
    advice: [`use a host name that the certificate was issued for; ${noSwitch}`],
  };
}
