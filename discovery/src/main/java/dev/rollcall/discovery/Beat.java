package dev.rollcall.discovery;

/**
 * One answer to the roll call.
 *
 * @param epoch of the start that beats
 * @param seq rises with every beat
 * @param inFlight requests that the instance is working on
 * @param load CPU use, 0 to 1, or -1 when unknown
 */
public record Beat(String epoch, long seq, int inFlight, double load) {}
