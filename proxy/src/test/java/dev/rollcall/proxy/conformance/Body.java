package dev.rollcall.proxy.conformance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/** A body as it arrives: all of it counted and summed, its beginning kept. */
final class Body {

  private static final int KEPT = 1 << 18;

  private final ByteArrayOutputStream start = new ByteArrayOutputStream();
  private final CRC32 sum = new CRC32();
  private long length;

  void add(byte[] bytes, int count) {
    length += count;
    sum.update(bytes, 0, count);
    start.write(bytes, 0, Math.max(0, Math.min(count, KEPT - start.size())));
  }

  long length() {
    return length;
  }

  String text() {
    return Bytes.text(start.toByteArray());
  }

  /** What {@link #text} is the gzip of, or why it is none. */
  String unzipped() {
    try {
      byte[] zipped = start.toByteArray();
      return Bytes.text(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes());
    } catch (IOException broken) {
      return "no gzip: " + broken.getMessage();
    }
  }

  boolean is(byte[] expected) {
    CRC32 expectedSum = new CRC32();
    expectedSum.update(expected);
    return length == expected.length && sum.getValue() == expectedSum.getValue();
  }

  @Override
  public String toString() {
    return length + " bytes " + Bytes.shown(text());
  }
}
