# Perl's Mail::IMAPClient with XOAUTH2: the user, the TLS port and the CA's file; the token comes by stdin; one line of JSON a step.
use strict;
use warnings;
use JSON::PP;
use Mail::IMAPClient;
use MIME::Base64;

my ($user, $port, $ca) = @ARGV;
my $token = <STDIN>;
my $json = JSON::PP->new->canonical;
$| = 1;

sub step { print $json->encode({@_}), "\n" }

sub client {
    my ($token) = @_;
    return Mail::IMAPClient->new(
        Server        => 'localhost',
        Port          => $port,
        Ssl           => [SSL_ca_file => $ca],
        User          => $user,
        Password      => $token,
        Authmechanism => 'XOAUTH2',
        Authcallback  => sub { encode_base64("user=$user\x01auth=Bearer $token\x01\x01", '') },
        Uid           => 1,
        Peek          => 1,
    );
}

my $client = client($token) or die $@;
step(step => 'folders', names => [sort $client->folders]);
$client->select('INBOX') or die $client->LastError;
my ($uid) = $client->search('SUBJECT', $client->Quote('One'));
step(step => 'read', text => $client->body_string($uid), unseen => 0 + $client->unseen_count);
$client->see($uid) or die $client->LastError;
step(step => 'mark', unseen => 0 + $client->unseen_count);
$client->create('Perl') or die $client->LastError;
$client->append_string('Perl', "Subject: Appended\r\n\r\nx\r\n") or die $client->LastError;
$client->move('Perl', $uid) or die $client->LastError;
$client->expunge or die $client->LastError;
step(step => 'move', there => 0 + $client->message_count('Perl'));
$client->rename('Perl', 'Camel') or die $client->LastError;
$client->delete('Camel') or die $client->LastError;
step(step => 'folders', names => [sort $client->folders]);
$client->logout;
step(step => 'refuse', isRefused => defined client('forged') ? 0 : 1);
