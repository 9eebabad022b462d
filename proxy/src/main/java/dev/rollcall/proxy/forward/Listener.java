package dev.rollcall.proxy.forward;

/**
 * Where clients reach the proxy in clear text.
 *
 * @param host address to listen on; {@code ::} is every interface, IPv4 too
 * @param port 1 to 65535, or 0 for any free one
 * @param h2c whether HTTP/2 with prior knowledge is spoken on it
 */
public record Listener(String host, int port, boolean h2c) {}
