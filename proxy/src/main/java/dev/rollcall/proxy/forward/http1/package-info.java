/**
 * HTTP/1 connections of clients (RFC 9112): Netty's decoder reads, one request at a time; what it
 * means, and what is written, is ours. Traffic loops only.
 */
@NullMarked
package dev.rollcall.proxy.forward.http1;

import org.jspecify.annotations.NullMarked;
