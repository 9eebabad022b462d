package dev.rollcall.proxy.conformance;

import java.util.List;

/**
 * What one upstream connection received.
 *
 * @param requests whose head arrived, complete or not
 * @param bytes all that came, raw
 * @param violations of HTTP's grammar and framing
 * @param failures of the script
 */
record UpstreamView(
    List<Message> requests, String bytes, List<String> violations, List<String> failures) {}
