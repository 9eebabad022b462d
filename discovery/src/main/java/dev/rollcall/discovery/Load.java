package dev.rollcall.discovery;

/**
 * What a heartbeat carries besides "I am here".
 *
 * @param inFlight requests that the instance is working on
 * @param load CPU use, 0 to 1, or -1 when unknown
 */
public record Load(int inFlight, double load) {}
