package dev.rollcall.proxy.conformance;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * HPACK (RFC 7541). Written as literals without indexing or Huffman code, so that any octets can be
 * sent as a name or value; read by Netty's decoder, without its validation.
 */
final class H2Fields {

  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 20);

  static byte[] encode(List<Field> fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (Field field : fields) {
      block.write(0);
      text(block, field.name());
      text(block, field.value());
    }
    return block.toByteArray();
  }

  List<Field> decode(int stream, byte[] block) throws Http2Exception {
    List<Field> fields = new ArrayList<>();
    decoder
        .decodeHeaders(stream, Unpooled.wrappedBuffer(block))
        .forEach(h -> fields.add(new Field(latin(h.getKey()), latin(h.getValue()))));
    return fields;
  }

  private static String latin(CharSequence text) {
    return text.toString();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = Bytes.of(text);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) {
        block.write(rest % 128 + 128);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }
}
