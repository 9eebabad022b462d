/** Selection policies: one upstream out of the candidates. Pure; no Vert.x. */
@NullMarked
package dev.rollcall.proxy.balance;

import org.jspecify.annotations.NullMarked;
