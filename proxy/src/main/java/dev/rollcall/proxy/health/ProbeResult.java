package dev.rollcall.proxy.health;

/**
 * What came of asking.
 *
 * @param witness {@code ANSWERED}, {@code UNREADY}, {@code REFUSED} (nobody there: refused, no
 *     route, no such host), {@code UNANSWERED} (no answer in time, or one that broke off) or {@code
 *     IMPOSTOR}
 * @param detail one line for people
 */
record ProbeResult(Witness witness, String detail) {}
