package dev.rollcall.proxy.forward;

import dev.rollcall.proxy.forward.http.RawTunnel;
import dev.rollcall.proxy.forward.upstream.ForwardFailure;
import dev.rollcall.proxy.forward.upstream.UpstreamPool;
import dev.rollcall.proxy.forward.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Where a connection speaks to a try. What comes after the end of the try is heard no more. What is
 * thrown behind here is a fault of ours, and must not get back to the connection: it would take it
 * for a failure of the upstream's, which is struck for it, and the request tried elsewhere. A
 * superclass, since an object of its own would be one more for each request. Traffic loop only.
 */
abstract class UpstreamEar implements UpstreamPool.Borrower {

  /** The try has ended. */
  abstract boolean isClosed();

  abstract void onBegin(UpstreamStream stream);

  abstract void onInformational(int status, HttpHeaders headers);

  abstract void onHead(int status, HttpHeaders headers, boolean bodiless);

  abstract void onData(ByteBuf part);

  abstract void onEnd(HttpHeaders trailers);

  abstract void onUpgraded(HttpHeaders headers, RawTunnel to);

  abstract void onReadComplete();

  abstract void onWritable();

  abstract void onFailed(ForwardFailure failure);

  /** One of these has thrown. Throws nothing itself. */
  abstract void broken(Throwable fault);

  @Override
  public final boolean wantsStream() {
    return !isClosed();
  }

  @Override
  public final void begin(UpstreamStream stream) {
    try {
      onBegin(stream);
    } catch (RuntimeException | Error fault) {
      broken(fault);
    }
  }

  @Override
  public final void notConnected(Throwable cause) {
    failed(ForwardFailure.NotConnected.of(cause));
  }

  @Override
  public final void informational(int status, HttpHeaders headers) {
    if (isClosed()) {
      return;
    }
    try {
      onInformational(status, headers);
    } catch (RuntimeException | Error fault) {
      broken(fault);
    }
  }

  @Override
  public final void head(int status, HttpHeaders headers, boolean bodiless) {
    if (isClosed()) {
      return;
    }
    try {
      onHead(status, headers, bodiless);
    } catch (RuntimeException | Error fault) {
      broken(fault);
    }
  }

  @Override
  public final void data(ByteBuf part) {
    if (isClosed()) {
      part.release();
      return;
    }
    try {
      onData(part);
    } catch (RuntimeException | Error fault) {
      broken(fault);
    }
  }

  @Override
  public final void end(HttpHeaders trailers) {
    if (isClosed()) {
      return;
    }
    try {
      onEnd(trailers);
    } catch (RuntimeException | Error fault) {
      broken(fault);
    }
  }

  /** A tunnel that nobody has taken on would stay open: it is no connection of the pool's now. */
  @Override
  public final void upgraded(HttpHeaders headers, RawTunnel to) {
    if (isClosed()) {
      to.close();
      return;
    }
    try {
      onUpgraded(headers, to);
    } catch (RuntimeException | Error fault) {
      to.close();
      broken(fault);
    }
  }

  @Override
  public final void readComplete() {
    if (isClosed()) {
      return;
    }
    try {
      onReadComplete();
    } catch (RuntimeException | Error fault) {
      broken(fault);
    }
  }

  @Override
  public final void writable() {
    if (isClosed()) {
      return;
    }
    try {
      onWritable();
    } catch (RuntimeException | Error fault) {
      broken(fault);
    }
  }

  @Override
  public final void failed(ForwardFailure failure) {
    if (isClosed()) {
      return;
    }
    try {
      onFailed(failure);
    } catch (RuntimeException | Error fault) {
      broken(fault);
    }
  }
}
