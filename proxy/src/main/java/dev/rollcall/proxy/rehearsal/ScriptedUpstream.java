package dev.rollcall.proxy.rehearsal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.HashMap;
import java.util.Map;

/** One connection of the upstream of a rehearsal: answers as the {@link Repertoire} says. */
final class ScriptedUpstream extends ChannelInboundHandlerAdapter {

  private final Map<Integer, byte[]> answers;
  private final Tail tail = new Tail();
  private boolean begun;
  private int letter;
  private boolean body;

  /**
   * @param answers made so far, shared by all connections
   */
  ScriptedUpstream(Map<Integer, byte[]> answers) {
    this.answers = answers;
  }

  static Map<Integer, byte[]> answers() {
    return new HashMap<>();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf part = (ByteBuf) message;
    if (!begun) {
      begun = true;
      body = part.getByte(part.readerIndex()) == 'P';
      letter = letter(part);
    }
    tail.add(part);
    part.release();
    if (body ? isBodyOver() : tail.endsWith(Repertoire.HEAD)) {
      begun = false;
      tail.clear();
      answer(ctx);
    }
  }

  private boolean isBodyOver() {
    return tail.endsWith(Repertoire.BODY) || tail.endsWith(Repertoire.CHUNKS);
  }

  private void answer(ChannelHandlerContext ctx) {
    byte[] answer = answers.computeIfAbsent(letter, Repertoire::answer);
    ByteBuf bytes = Unpooled.wrappedBuffer(answer);
    if (letter == Repertoire.CLOSE) {
      ctx.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    } else {
      ctx.writeAndFlush(bytes, ctx.voidPromise());
    }
  }

  private static int letter(ByteBuf part) {
    int slash = part.indexOf(part.readerIndex(), part.writerIndex(), (byte) '/');
    return slash < 0 || slash + 1 >= part.writerIndex() ? 0 : part.getByte(slash + 1);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
