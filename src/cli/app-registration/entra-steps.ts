import type { App } from './app.js';
import { isLimitedInExchange } from './exchange-steps.js';
import { apiIds, permissionsOf, type Permission } from './permissions.js';
import type { Step } from './step.js';

const portal = 'https://entra.microsoft.com';

/** The app itself. */
export function registration({ grant, redirectUrl }: App): Step {
  const isPublic = grant === 'device_code';
  const isWeb = grant === 'authorization_code';
  return {
    title: 'Register the app',
    ways: {
      portal: [
        `${portal}, App registrations, New registration: accounts in this organizational directory only.`,
        ...(isWeb ? [`Authentication, Add a platform, Web (not "Single-page application"): ${redirectUrl}`] : []),
        ...(isPublic ? ['Authentication, Advanced settings, Allow public client flows: Yes.'] : []),
        'Its Overview page shows the Directory (tenant) ID and the Application (client) ID.',
      ],
      az: [
        [
          "APP=$(az ad app create --display-name 'Mail tests' --sign-in-audience AzureADMyOrg",
          ...(isWeb ? [`--web-redirect-uris '${redirectUrl}'`] : []),
          ...(isPublic ? ['--is-fallback-public-client true'] : []),
          '--query appId --output tsv)',
        ].join(' '),
        'az ad sp create --id $APP',
      ],
      powershell: [
        'Connect-MgGraph -Scopes Application.ReadWrite.All, AppRoleAssignment.ReadWrite.All, DelegatedPermissionGrant.ReadWrite.All',
        [
          "$app = New-MgApplication -DisplayName 'Mail tests' -SignInAudience AzureADMyOrg",
          ...(isWeb ? [`-Web @{ RedirectUris = @('${redirectUrl}') }`] : []),
          ...(isPublic ? ['-IsFallbackPublicClient'] : []),
        ].join(' '),
        '$sp = New-MgServicePrincipal -AppId $app.AppId',
      ],
    },
    failures: ['AUTH_TENANT', 'AUTH_CLIENT_ID', 'AUTH_REDIRECT_URL'],
    source: 'https://learn.microsoft.com/entra/identity-platform/quickstart-register-app',
  };
}

/** What it proves itself with; nothing for a public client. */
export function credential({ proof, isGithub }: App): Step | undefined {
  const ways = proof === 'nothing' ? undefined : credentials(isGithub)[proof];
  return (
    ways && {
      title: 'Give it what it proves itself with',
      ways,
      failures: ['AUTH_CLIENT_SECRET'],
      source: 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials',
    }
  );
}

function credentials(isGithub: boolean): Readonly<Record<'secret' | 'certificate' | 'federated', Step['ways']>> {
  const issuer = isGithub ? 'https://token.actions.githubusercontent.com' : '<issuer of the token>';
  const subject = isGithub ? 'repo:contoso/app:environment:exchange' : '<subject of the token>';
  const federated = `{"name":"mail-tests","issuer":"${issuer}","subject":"${subject}","audiences":["api://AzureADTokenExchange"]}`;
  return {
    secret: {
      portal: ['Certificates & secrets, New client secret. Keep its Value, not its ID; note when it ends.'],
      az: ['az ad app credential reset --id $APP --append --display-name mail-tests --years 1 --query password'],
      powershell: [
        "(Add-MgApplicationPassword -ApplicationId $app.Id -PasswordCredential @{ DisplayName = 'mail-tests' }).SecretText",
      ],
    },
    certificate: {
      portal: [
        'openssl req -x509 -newkey rsa:3072 -noenc -days 365 -subj /CN=mail-tests -keyout key.pem -out cert.pem',
        'Certificates & secrets, Certificates, Upload certificate: cert.pem. The key stays with you.',
      ],
      az: ['az ad app credential reset --id $APP --append --cert @cert.pem'],
      powershell: [
        '$der = [Security.Cryptography.X509Certificates.X509Certificate2]::new("$PWD/cert.pem").RawData',
        "Update-MgApplication -ApplicationId $app.Id -KeyCredentials @(@{ Type = 'AsymmetricX509Cert'; Usage = 'Verify'; Key = $der })",
      ],
    },
    federated: {
      portal: [
        `Certificates & secrets, Federated credentials, Add credential: issuer ${issuer}, subject ${subject}, audience api://AzureADTokenExchange, letter for letter.`,
      ],
      az: [`az ad app federated-credential create --id $APP --parameters '${federated}'`],
      powershell: [
        `New-MgApplicationFederatedIdentityCredential -ApplicationId $app.Id -Name mail-tests -Issuer '${issuer}' -Subject '${subject}' -Audiences @('api://AzureADTokenExchange')`,
      ],
    },
  };
}

/** What it may do. */
export function permissions(app: App): Step {
  const needed = permissionsOf(app);
  const { api, kind } = needed[0]!;
  const names = needed.map(({ name }) => name);
  const limited = isLimitedInExchange(app) ? '; left out, with its consent, where step 5 is taken' : '';
  return {
    title: `Give it the ${kind} permissions ${names.join(' and ')} of ${api}${limited}`,
    ways: {
      portal: [
        `API permissions, Add a permission, ${api === 'Microsoft Graph' ? api : `APIs my organization uses, ${api}`}, ${kind === 'delegated' ? 'Delegated' : 'Application'} permissions: ${names.join(', ')}.`,
      ],
      az: needed.map(addWithAz),
      powershell: [
        `$api = Get-MgServicePrincipal -Filter "appId eq '${apiIds[api]}'"`,
        `$access = $api.${kind === 'delegated' ? 'Oauth2PermissionScopes' : 'AppRoles'} | Where-Object Value -in ${names.map((name) => `'${name}'`).join(', ')} | ForEach-Object { @{ Id = $_.Id; Type = '${typeOf(kind)}' } }`,
        'Update-MgApplication -ApplicationId $app.Id -RequiredResourceAccess @(@{ ResourceAppId = $api.AppId; ResourceAccess = @($access) })',
      ],
    },
    failures: ['AUTH_SCOPE'],
    source: 'https://learn.microsoft.com/entra/identity-platform/quickstart-configure-app-access-web-apis',
  };
}

function addWithAz({ name, api, kind }: Permission): string {
  const list = kind === 'delegated' ? 'oauth2PermissionScopes' : 'appRoles';
  const id = `$(az ad sp show --id ${apiIds[api]} --query "${list}[?value=='${name}'].id | [0]" --output tsv)`;
  return `az ad app permission add --id $APP --api ${apiIds[api]} --api-permissions "${id}=${typeOf(kind)}"`;
}

function typeOf(kind: Permission['kind']): string {
  return kind === 'delegated' ? 'Scope' : 'Role';
}

/** Somebody's consent to it. */
export function consent(app: App): Step {
  const isApp = app.grant === 'client_credentials';
  const scopes = permissionsOf(app).map(({ name }) => name);
  return {
    title: isApp ? 'Grant admin consent' : 'Grant admin consent, where the tenant lets no user consent',
    ways: {
      portal: ['API permissions, Grant admin consent for the organization.'],
      az: ['az ad app permission admin-consent --id $APP'],
      powershell: isApp
        ? [
            '$access | ForEach-Object { New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $sp.Id -PrincipalId $sp.Id -ResourceId $api.Id -AppRoleId $_.Id }',
          ]
        : [
            `New-MgOauth2PermissionGrant -ClientId $sp.Id -ConsentType AllPrincipals -ResourceId $api.Id -Scope '${scopes.join(' ')} openid profile offline_access'`,
          ],
    },
    failures: ['AUTH_CONSENT'],
    source: 'https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent',
  };
}
