const blockedByPolicy =
  'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.';
const sessionEnded = 'Session is invalid due to the following reasons: password expiration or recent password change.';
const changedConfiguration =
  'Due to a configuration change made by your administrator, or because you moved to a new location, you must';
const federatedProvider = "There is an issue with the user's federated identity provider.";
const tryAgain = 'A transient error has occurred. Please try again.';
const unavailable = 'The service is temporarily unavailable. Please retry later.';
const learnFederation =
  'Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation';
const notInTenant =
  "User account '{user}' does not exist in tenant '{tenant}' and cannot access the application '{clientId}' in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Microsoft Entra user account.";

/**
 * What Microsoft's identity platform says of each AADSTS code; `{name}` stands for a detail of the request.
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes, and answers as clients have logged them.
 */
export const failureTexts: Readonly<Record<number, string>> = {
  16000: notInTenant,
  28002:
    "Provided value for the input parameter scope '{scope}' is not valid when requesting an access token. Please specify a valid scope.",
  28003:
    'Provided value for the input parameter scope cannot be empty when requesting an access token using the provided authorization code. Please specify a valid scope.',
  40009: `${federatedProvider} The refresh token could not be redeemed there.`,
  40010: `${federatedProvider} Please try again.`,
  50000: 'There was an error issuing a token or an issue with our sign-in service.',
  50001: "The resource '{resource}' is disabled or does not exist in the tenant '{tenant}'.",
  50005:
    "User tried to log in to a device from a platform that's currently not supported through Conditional Access policy.",
  50011:
    "The redirect URI '{redirectUrl}' specified in the request does not match the redirect URIs configured for the application '{clientId}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error.",
  50012: 'Authentication failed: the signing certificate of the client assertion is not authorized.',
  50013: 'Assertion failed signature validation. [Reason - {reason}]',
  50020: notInTenant,
  50027: 'JWT token is invalid or malformed.',
  50033: tryAgain,
  50034:
    'The user account {user} does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.',
  50049: 'Unknown or invalid instance.',
  50053: "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
  50055: 'The password is expired.',
  50057: 'The user account is disabled.',
  50058: 'A silent sign-in request was sent but no user is signed in.',
  50059: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
  50072: `${changedConfiguration} enroll in multi-factor authentication to access '{resource}'.`,
  50074: 'Strong Authentication is required.',
  50076: `${changedConfiguration} use multi-factor authentication to access '{resource}'.`,
  50078:
    "Presented multi-factor authentication has expired due to policies configured by your administrator, you must refresh your multi-factor authentication to access '{resource}'.",
  50079: `${changedConfiguration} enroll in multi-factor authentication to access '{resource}'.`,
  50085: 'Refresh token needs social IDP login. Have the user try signing in again with username and password.',
  50087: 'A transient error has occurred during strong authentication. Please try again.',
  50088: 'Limit on telecom MFA calls reached. Please try again in a few minutes.',
  50089: 'Authentication failed due to flow token expired.',
  50097: 'Device authentication is required.',
  50105:
    "Your administrator has configured the application {clientId} to block users unless they are specifically granted ('assigned') access to the application. The signed in user '{user}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.",
  50125: 'Sign-in was interrupted because of a password reset or password registration entry.',
  50126: 'Error validating credentials due to invalid username or password.',
  50128:
    'Invalid domain name - No tenant-identifying information found in either the request or implied by any provided credentials.',
  50131: `Device is not in required device state, or the request was blocked due to suspicious activity. ${blockedByPolicy}`,
  50132: sessionEnded,
  50133: sessionEnded,
  50135: 'Password change is required due to account risk.',
  50139: 'Session is invalid due to missing an external refresh token.',
  50140: "This error occurred due to 'Keep me signed in' interrupt when the user was signing-in.",
  50144: "User's Active Directory password has expired.",
  50158:
    'External security challenge not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges.',
  50166: 'Failed to send request to claims provider. Too many requests.',
  50173:
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on {issuedAt} and the TokensValidFrom date (before which tokens are not valid) for this user is {validFrom}.',
  50194:
    "Application '{clientId}' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
  50196:
    'The server terminated an operation because it encountered a client request loop. Please contact your app vendor.',
  51004:
    'The user account {user} does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.',
  500131:
    "Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was another app's and the expected audience is '{clientId}' or one of the Application Uris of this application with App ID '{clientId}'. The downstream client must request a token for the expected audience (the application that made the OBO request) and this application should use that token as the assertion.",
  7000114: "Application '{clientId}' is not allowed to make application on-behalf-of calls.",
  53000: 'Your device is required to be managed to access this resource.',
  53001:
    'Device is not in required device state: {state}. Conditional Access policy requires a domain joined device, and the device is not domain joined.',
  53002: 'The application used is not an approved application for Conditional Access.',
  53003: blockedByPolicy,
  53004: 'User needs to complete Multi-factor authentication registration process before accessing this content.',
  53010:
    'Cannot configure multi-factor authentication methods because the organization requires this information to be set from specific locations or devices.',
  53011: 'User blocked due to risk on home tenant.',
  54005:
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  65001:
    "The user or administrator has not consented to use the application with ID '{clientId}' named '{clientId}'. Send an interactive authorization request for this user and resource.",
  65002:
    "Consent between first party application '{clientId}' and first party resource '{resource}' must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API owner before requesting tokens for that API.",
  65004: 'User declined to consent to access the app.',
  65005:
    "The app needs access to a service ('{resource}') that it has not listed in its required resource access. Contact the app developer.",
  70000: 'Provided grant is invalid or malformed.',
  70001: "Application with identifier '{clientId}' is disabled.",
  70002: 'Error validating credentials. The specified client_secret does not match the expected value for this client.',
  70003: "The app requested an unsupported grant type '{grantType}'.",
  70004: 'The redirect URI is not valid: it matches no address that is configured for the application.',
  70005: "The app requested an unsupported response type '{responseType}'.",
  70007: "The response mode '{responseMode}' is not supported.",
  70008:
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  70011:
    "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
  70012: 'A server error occurred while authenticating an MSA (consumer) user. Please try again.',
  70016: 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  70017: 'OAuth 2.0 device flow error. Authorization was declined by the user.',
  70018: 'Invalid verification code due to User typing in wrong user code for device code flow.',
  70019: 'Verification code expired.',
  70020: "The provided value for the input parameter 'device_code' is not valid. This device code has expired.",
  70021: `No matching federated identity record found for presented assertion. Assertion Issuer: '{issuer}'. Assertion Subject: '{subject}'. Assertion Audience: '{audience}'. https://learn.microsoft.com/entra/workload-id/workload-identity-federation`,
  70043:
    'The refresh token has expired or is invalid due to sign-in frequency checks by Conditional Access. The token was issued on {issuedAt} and the maximum allowed lifetime for this request is 86400.',
  80001: 'Authentication Agent unable to connect to Active Directory.',
  80002: 'Authentication Agent: password validation request timed out.',
  80005: 'Authentication Agent: an unknown error occurred while processing the response. Please retry.',
  80014: 'Authentication Agent: the validation request responded after the maximum elapsed time was exceeded.',
  90002:
    "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
  90006: unavailable,
  90008:
    "The user or administrator has not consented to use the application with ID '{clientId}'. This happened because application is misconfigured: it must require access to Microsoft Graph by specifying at least 'Sign in and read user profile' permission.",
  90012: 'The request has timed out. Please try again.',
  90023: "Invalid 'prompt' parameter value '{prompt}'.",
  90024: tryAgain,
  90025: tryAgain,
  90033: tryAgain,
  90038:
    "Specified tenant '{tenant}' belongs to another national cloud. The current cloud instance 'login.microsoftonline.com' does not federate with it.",
  90055: 'There are too many incoming requests for this tenant. Please try again later.',
  90090: unavailable,
  90091: unavailable,
  90094:
    "The grant requires admin permission: '{clientId}' needs permission to access resources in your organization that only an admin can grant.",
  90095: "Admin consent is required for the permissions requested by '{clientId}'. The user can request it.",
  90123: 'The token cannot be issued because the identity or claim issuance provider denied the request.',
  135011: 'Device used during the authentication is disabled.',
  160021: 'Application requested a user session which does not exist.',
  500011:
    'The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
  500021: "Access to '{tenant}' tenant is denied.",
  500022: "Access to '{tenant}' tenant is denied.",
  500212:
    "Your administrator has restricted which organizations can be accessed: an outbound access policy doesn't allow access to the resource tenant.",
  500213: "The resource tenant's cross-tenant access policy does not allow this user to access this tenant.",
  501481: 'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  501491: 'The code_challenge_method has to be S256.',
  530032: 'Your request was blocked by a security policy that your tenant administrator has configured.',
  530034: 'A delegated administrator was blocked from accessing the tenant due to account risk in their home tenant.',
  530035:
    'Access has been blocked by security defaults. This is due to the request using legacy auth or being deemed unsafe by security defaults policies.',
  650052:
    "The app is trying to access a service '{resource}' that your organization '{tenant}' lacks a service principal for. Contact your IT Admin to review the configuration of your service subscriptions or consent to the application in order to create the required service principal.",
  650056:
    "Misconfigured application. This could be due to one of the following: the client has not listed any permissions for '{resource}' in the requested permissions in the client's application registration. Or, the admin has not consented in the tenant. Client app ID: {clientId}.",
  650057:
    "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: {clientId}. Resource value from request: {resource}.",
  700003: "Device object was not found in the tenant '{tenant}' directory.",
  700005: 'Provided Authorization Code is intended to use against other tenant, thus rejected.',
  700009:
    'Reply address must be provided when presenting an authorization code requested with an explicit reply address.',
  700011: "Application with identifier '{clientId}' was not found in the directory '{tenant}'.",
  700016:
    "Application with identifier '{clientId}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  700020: 'The access grant requires interaction.',
  700021: "Client assertion application identifier doesn't match 'client_id' parameter.",
  700022:
    "The provided value for the input parameter 'scope' is not valid because it contains more than one resource: {scope}.",
  // Documented as a scope without a resource; answers that were logged word it as here.
  700023:
    'Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .',
  700024:
    'Client assertion is not within its valid time range. Current time: {now}, assertion valid from {validFrom}, expiry time of assertion {validUntil}.',
  700025: "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  700027:
    "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - {reason}, Thumbprint of key used by client: '{thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{clientId}'.]",
  700030:
    'Invalid certificate - subject name in certificate is not authorized. SubjectNames/SubjectAlternativeNames (up to 10) in token certificate are: {subject}.',
  700081: 'The refresh token has expired because it reached its maximum lifetime. The token was issued on {issuedAt}.',
  700082:
    'The refresh token has expired due to inactivity. The token was issued on {issuedAt} and was inactive for 90.00:00:00.',
  700084:
    'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was issued on {issuedAt}.',
  700211: `No matching federated identity record found for presented assertion issuer '{issuer}'. ${learnFederation}`,
  700212: `No matching federated identity record found for presented assertion audience '{audience}'. ${learnFederation}`,
  700213: `No matching federated identity record found for presented assertion subject '{subject}'. ${learnFederation}`,
  900023: "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.",
  900144: "The request body must contain the following parameter: '{parameter}'.",
  900561: 'The endpoint only accepts POST requests. Received a {method} request.',
  900971: 'No reply address provided.',
  1002012:
    'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  7000112: "Application '{clientId}' is disabled.",
  7000215:
    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{clientId}'.",
  7000216: "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  7000218: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  7000222:
    "The provided client secret keys for app '{clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.",
  9002313: 'Invalid request. Request is malformed or invalid.',
  9002326:
    "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{origin}'.",
  9002327:
    "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
  9002332:
    "Application '{clientId}' is configured for use by Microsoft Entra users only. Please do not use the /consumers endpoint to serve this request.",
};
