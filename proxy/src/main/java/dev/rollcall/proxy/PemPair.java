package dev.rollcall.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate and a private key can serve HTTPS together. Found out at start, since each
 * client would meet it otherwise.
 */
final class PemPair {

  /** PKCS #8, or what OpenSSL wrote before (PKCS #1, SEC 1). */
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");

  private PemPair() {}

  /** The first certificate of a file, or null when there is none in it. */
  static @Nullable X509Certificate leaf(Path certificate) {
    try {
      byte[] text = Files.readAllBytes(certificate);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(text));
    } catch (IOException | GeneralSecurityException none) {
      return null;
    }
  }

  /** True when the file holds a private key, and not one of another certificate. */
  static boolean fits(Path key, PublicKey publicKey) {
    try {
      Matcher pem = KEY.matcher(Files.readString(key));
      if (!pem.find()) {
        return false;
      }
      // Older forms leave out the algorithm; Vert.x reads them, the JDK doesn't.
      boolean older = !pem.group(1).isEmpty();
      return older || isPair(Base64.getMimeDecoder().decode(pem.group(2)), publicKey);
    } catch (IOException | IllegalArgumentException | GeneralSecurityException none) {
      return false;
    }
  }

  private static boolean isPair(byte[] pkcs8, PublicKey publicKey) throws GeneralSecurityException {
    String algorithm = publicKey.getAlgorithm();
    PrivateKey privateKey =
        KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    Signature signature =
        Signature.getInstance(
            switch (algorithm) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> algorithm;
            });
    signature.initSign(privateKey);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    return signature.verify(signed);
  }
}
