#!/usr/bin/perl
# SPDX-FileCopyrightText: 2026 The Stint authors
# SPDX-License-Identifier: MIT
# A small web server on loopback for the demo. Every Debian has Perl, but not Python. Prints its port, then serves
# until it is ended: / and /docs are there, /moved leads to /docs, /broken fails, /slow takes a second.
use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 32) or die "cannot listen: $!\n";
$| = 1;
print $server->sockport, "\n";
$SIG{CHLD} = 'IGNORE';

my %answers = (
    '/'       => ['200 OK'],
    '/docs'   => ['200 OK'],
    '/moved'  => ['301 Moved Permanently', 'Location: /docs'],
    '/broken' => ['503 Service Unavailable'],
    '/slow'   => ['200 OK'],
);

while (1) {
    my $client = $server->accept or next;
    next if fork; # the client gets an end of its own
    my ($method, $path) = split ' ', <$client> // '';
    while (my $line = <$client>) { last if $line =~ /^\r?\n$/ }
    exit unless defined $path;
    my ($status, @headers) = @{ $answers{$path} // ['404 Not Found'] };
    sleep 1 if $path eq '/slow';
    my $body = $method eq 'HEAD' ? '' : "$status\n";
    print $client join("\r\n", "HTTP/1.1 $status", 'Connection: close', 'Content-Length: ' . length("$status\n"), @headers, '', $body);
    exit;
}
