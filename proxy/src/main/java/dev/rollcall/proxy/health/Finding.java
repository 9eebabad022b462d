package dev.rollcall.proxy.health;

/**
 * What a look at an upstream brought up.
 *
 * @param witness who shall be heard
 * @param detail its word, one line for people
 */
record Finding(Witness witness, String detail) {}
