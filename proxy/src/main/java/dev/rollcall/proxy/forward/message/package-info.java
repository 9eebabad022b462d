/**
 * What a message says: the rules of single fields, targets and answers, without a connection. Pure;
 * any thread.
 */
@NullMarked
package dev.rollcall.proxy.forward.message;

import org.jspecify.annotations.NullMarked;
