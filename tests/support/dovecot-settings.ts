export interface DovecotAccount {
  readonly user: string;
  readonly group: string;
  readonly isRoot: boolean;
}

export interface DovecotPlace {
  readonly folder: string;
  readonly ports: { readonly imap: number; readonly imaps: number; readonly lmtp: number };
  /** Whose files the mail is. */
  readonly account: DovecotAccount;
  /** Everybody's. */
  readonly password: string;
}

/** Made by hand, so that it runs without root rights too, and beside others. */
export function dovecotSettings({ folder, ports, account: { user, group, isRoot }, password }: DovecotPlace): string {
  const internal = isRoot
    ? ''
    : `default_internal_user = ${user}\ndefault_internal_group = ${group}\ndefault_login_user = ${user}\n`;
  return `${internal}
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/server.crt
ssl_key = <${folder}/server.key
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = sdbox:~/sdbox
recipient_delimiter = +
lda_original_recipient_header = X-Original-To
lmtp_save_to_detail_mailbox = no
auth_username_format = %Lu
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
auth_cache_size = 0
mail_max_userip_connections = 500
mail_fsync = never
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.ext
}
passdb {
  driver = static
  mechanisms = plain login
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Archive {
    auto = create
    special_use = \\Archive
  }
  mailbox Drafts {
    auto = create
    special_use = \\Drafts
  }
  mailbox Junk {
    auto = create
    special_use = \\Junk
  }
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
  mailbox Trash {
    auto = create
    special_use = \\Trash
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
`;
}

/** How it asks whether a token is good. */
export function oauth2Settings(introspectionUrl: string): string {
  return [
    `introspection_url = ${introspectionUrl}`,
    'introspection_mode = post',
    'username_attribute = username',
    'active_attribute = active',
    'active_value = true',
    '',
  ].join('\n');
}
