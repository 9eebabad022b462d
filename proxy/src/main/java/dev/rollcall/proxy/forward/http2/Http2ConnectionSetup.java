package dev.rollcall.proxy.forward.http2;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.time.Duration;

/**
 * Puts a connection's codec together: Netty's, with its checks and its limits against floods. All
 * streams share the window evenly: priorities are advice (RFC 9113 §5.3), and their tree costs more
 * than a small answer.
 */
final class Http2ConnectionSetup
    extends AbstractHttp2ConnectionHandlerBuilder<Http2ClientConnection, Http2ConnectionSetup> {

  private static final int MOST_STREAMS = 128;

  /** Bodies that wait for one stream's reader don't keep those of others from coming. */
  static final int MORE_WINDOW = (MOST_STREAMS - 1) * Http2CodecUtil.DEFAULT_WINDOW_SIZE;

  /** Streams that a client may cancel, or have reset, within the seconds (CVE-2023-44487). */
  private static final int MOST_RESETS = 200;

  private static final Duration RESETS_SPAN = Duration.ofSeconds(30);

  private final Http2Client client;
  private final Channel channel;
  private final ClosedStreams closed = new ClosedStreams();

  Http2ConnectionSetup(Http2Client client, Channel channel) {
    this.client = client;
    this.channel = channel;
    DefaultHttp2Connection streams = new DefaultHttp2Connection(true);
    streams
        .remote()
        .flowController(
            new DefaultHttp2RemoteFlowController(
                streams, new UniformStreamByteDistributor(streams)));
    streams.addListener(closed);
    initialSettings(
        new Http2Settings()
            .maxHeaderListSize(client.mostHeaderBytes())
            .maxConcurrentStreams(MOST_STREAMS));
    gracefulShutdownTimeoutMillis(0);
    decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, (int) RESETS_SPAN.toSeconds());
    Http2ConnectionEncoder encoder =
        new DefaultHttp2ConnectionEncoder(streams, new DefaultHttp2FrameWriter());
    Http2FrameReader reader =
        new DefaultHttp2FrameReader(new DefaultHttp2HeadersDecoder(true, client.mostHeaderBytes()));
    codec(
        new DefaultHttp2ConnectionDecoder(
            streams, encoder, new StrictFrames(reader, streams, closed)),
        encoder);
  }

  @Override
  protected Http2ClientConnection build() {
    return super.build();
  }

  @Override
  protected Http2ClientConnection build(
      Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
    Http2ClientConnection connection =
        new Http2ClientConnection(
            client,
            channel,
            closed,
            new ResetLimit(MOST_RESETS, RESETS_SPAN),
            decoder,
            encoder,
            settings);
    RequestFrames frames = new RequestFrames(client, connection);
    decoder.frameListener(frames);
    decoder.connection().addListener(frames);
    return connection;
  }
}
