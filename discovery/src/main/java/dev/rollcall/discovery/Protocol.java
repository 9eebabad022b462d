package dev.rollcall.discovery;

/** What an instance speaks on its endpoint. */
public enum Protocol {
  /** HTTP/1.1 in clear text. */
  HTTP,
  /** HTTP/1.1 over TLS; the certificate must name the endpoint's host. */
  HTTPS,
  /** HTTP/2 in clear text, with prior knowledge (RFC 9113 §3.3); gRPC services speak it. */
  H2C
}
