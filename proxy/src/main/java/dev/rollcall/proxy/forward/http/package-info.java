/**
 * What connections of both protocols have in common: requests and responses as Vert.x' interfaces
 * show them, who is at the other end, and bytes that are no HTTP any more. Traffic loops only.
 */
@NullMarked
package dev.rollcall.proxy.forward.http;

import org.jspecify.annotations.NullMarked;
