/**
 * HTTP/2 connections of clients (RFC 9113): Netty's codec keeps the protocol, streams and what is
 * written are ours. Traffic loops only.
 */
@NullMarked
package dev.rollcall.proxy.forward.http2;

import org.jspecify.annotations.NullMarked;
