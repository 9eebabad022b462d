package dev.rollcall.proxy;

import dev.rollcall.discovery.settings.Settings;
import dev.rollcall.discovery.settings.Unreadable;
import dev.rollcall.discovery.settings.ValueType;
import dev.rollcall.proxy.forward.client.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS for clients.
 *
 * @param tls certificates, their keys, and who must have signed those of clients
 * @param port where HTTPS is spoken; default 8443, 0 for any free one
 */
public record TlsOptions(Tls tls, int port) {

  private static final ValueType<List<Path>> FILES = ValueType.list(ValueType.FILE);

  /** Null when neither certificate nor key is given: no HTTPS. */
  static @Nullable TlsOptions read(Settings settings) {
    List<Path> certs =
        settings.find(
            "tls.cert", FILES, "none", "PEM file, leaf first; several for several names (SNI)");
    List<Path> keys =
        settings.find("tls.key", FILES, "none", "PEM file, the private key; one a certificate");
    Path authority =
        settings.find(
            "tls.client-ca", ValueType.FILE, "none", "PEM file; clients need its certificates");
    int port =
        settings.get(
            "tls.port", ValueType.PORT, "8443", "HTTPS with HTTP/2, when both files are set");
    if (certs == null && keys == null) {
      return null;
    }
    if (certs == null || keys == null || certs.size() != keys.size()) {
      settings.refuse(
          keys == null ? "tls.key" : "tls.cert", "as many files in tls.cert as in tls.key");
      return null;
    }
    boolean readable = areReadable(settings, "tls.cert", certs);
    readable &= areReadable(settings, "tls.key", keys);
    readable &= authority == null || areReadable(settings, "tls.client-ca", List.of(authority));
    return readable && arePairs(settings, certs, keys)
        ? new TlsOptions(new Tls(certs, keys, authority), port)
        : null;
  }

  private static boolean arePairs(Settings settings, List<Path> certs, List<Path> keys) {
    for (int i = 0; i < certs.size(); i++) {
      X509Certificate leaf = PemPair.leaf(certs.get(i));
      if (leaf == null) {
        settings.refuse("tls.cert", "PEM certificates; there is none in " + certs.get(i));
        return false;
      }
      if (!PemPair.fits(keys.get(i), leaf.getPublicKey())) {
        settings.refuse(
            "tls.key",
            "PEM private keys without a passphrase; "
                + keys.get(i)
                + " has none of "
                + certs.get(i));
        return false;
      }
      String dates = CertificateDates.complaint(leaf, Instant.now());
      if (dates != null) {
        settings.warn("tls.cert: " + certs.get(i) + " " + dates);
      }
    }
    return true;
  }

  private static boolean areReadable(Settings settings, String key, List<Path> files) {
    for (Path file : files) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        settings.refuse(key, "readable PEM files; " + file + " is " + Unreadable.why(file));
        return false;
      }
    }
    return true;
  }
}
