package dev.rollcall.proxy.conformance;

import java.util.List;

/**
 * What the client saw.
 *
 * @param answers final responses, in order
 * @param strayInterims interim responses without a final one
 * @param end how the proxy ended the connection, before the client did
 * @param bytes all that came, raw
 * @param violations of HTTP's grammar and framing
 * @param failures of the script: what it waited for and did not get
 */
record ClientView(
    List<Message> answers,
    List<Message> strayInterims,
    End end,
    String bytes,
    List<String> violations,
    List<String> failures) {}
