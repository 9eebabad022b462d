package dev.rollcall.proxy.rehearsal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;

/** One client's connection of a rehearsal: plays lines in order, each when its cue comes. */
final class ScriptedClient extends ChannelInboundHandlerAdapter {

  private final List<Line> lines;
  private final Pace pace;
  private final Tail tail = new Tail();
  private int next;

  /**
   * @param from the line that it begins with; it goes after the last of them
   */
  ScriptedClient(List<Line> lines, int from, Pace pace) {
    this.lines = lines;
    this.next = from;
    this.pace = pace;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    pace.cue(() -> play(ctx));
  }

  private void play(ChannelHandlerContext ctx) {
    Line line = lines.get(next);
    ctx.writeAndFlush(Unpooled.wrappedBuffer(line.request()), ctx.voidPromise());
    if (line.leaves()) {
      ctx.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf part = (ByteBuf) message;
    tail.add(part);
    part.release();
    if (tail.endsWith(lines.get(next).ending())) {
      tail.clear();
      pace.played();
      next++;
      if (next == lines.size()) {
        ctx.close();
      } else {
        pace.cue(() -> play(ctx));
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
