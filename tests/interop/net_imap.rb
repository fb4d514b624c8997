# Ruby's net-imap with XOAUTH2: the user, the TLS port and the CA's file; the token comes by stdin; one line of JSON a step.
require 'json'
require 'net/imap'

user, port, ca = ARGV
token = $stdin.read

# Debian's net-imap is older than the mechanism.
class XOAuth2
  def initialize(user, token)
    @response = "user=#{user}\x01auth=Bearer #{token}\x01\x01"
  end

  def process(_challenge)
    @response
  end
end
Net::IMAP.add_authenticator('XOAUTH2', XOAuth2)

def step(name, **result)
  puts JSON.generate({ step: name, **result })
end

client = Net::IMAP.new('localhost', port: port.to_i, ssl: { ca_file: ca })
client.authenticate('XOAUTH2', user, token)
step('folders', names: client.list('', '*').map(&:name).sort)
client.create('Ruby')
client.append('Ruby', "Subject: Appended\r\n\r\nx\r\n", [:Seen], Time.utc(2026, 11, 27))
client.examine('Ruby')
message = client.uid_fetch(1, %w[ENVELOPE FLAGS INTERNALDATE BODYSTRUCTURE]).first.attr
step('fetch', subject: message['ENVELOPE'].subject, flags: message['FLAGS'].sort.map(&:to_s),
              date: message['INTERNALDATE'], type: message['BODYSTRUCTURE'].media_type)
client.select('Ruby')
client.uid_store(1, '+FLAGS', [:Deleted])
step('expunge', gone: client.expunge)
client.close
client.delete('Ruby')
client.logout
begin
  client = Net::IMAP.new('localhost', port: port.to_i, ssl: { ca_file: ca })
  client.authenticate('XOAUTH2', user, 'forged')
rescue Net::IMAP::NoResponseError => error
  step('refuse', message: error.message)
end
