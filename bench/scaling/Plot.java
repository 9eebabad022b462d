import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Small line charts side by side as plain SVG, over sizes on a logarithmic axis; goals are dashed.
 * Its colours follow the reader's light or dark scheme.
 */
final class Plot {

  private static final int WIDTH = 300;
  private static final int HEIGHT = 230;
  private static final int LEFT = 52;
  private static final int RIGHT = 70;
  private static final int TOP = 34;
  private static final int BOTTOM = 30;
  private static final String STYLE =
      """
      <style>
        text { font: 11px system-ui, sans-serif; fill: #57606a }
        .title { font-size: 13px; font-weight: 600; fill: #1f2328 }
        .axis { stroke: #d0d7de; fill: none }
        .goal { stroke: #8c959f; stroke-dasharray: 4 4; fill: none }
        .l0 { stroke: #0969da; fill: none; stroke-width: 2 } .d0 { fill: #0969da }
        .l1 { stroke: #bc4c00; fill: none; stroke-width: 2 } .d1 { fill: #bc4c00 }
        @media (prefers-color-scheme: dark) {
          text { fill: #9198a1 } .title { fill: #f0f6fc }
          .axis { stroke: #3d444d } .goal { stroke: #6e7681 }
          .l0 { stroke: #4493f8 } .d0 { fill: #4493f8 } .l1 { stroke: #f0883e } .d1 { fill: #f0883e }
        }
      </style>
      """;

  private final List<Integer> sizes;
  private final List<Panel> panels = new ArrayList<>();

  Plot(List<Integer> sizes) {
    this.sizes = sizes;
  }

  /**
   * @param goals by what is written beside the line
   */
  Panel panel(String title, String unit, boolean logarithmic, Map<String, Double> goals) {
    Panel panel = new Panel(title, unit, logarithmic, goals);
    panels.add(panel);
    return panel;
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    int columns = 2;
    int rows = (panels.size() + 1) / columns;
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-label=\"How the cost of the roll grows\">\n",
            columns * (WIDTH + 40), rows * HEIGHT, columns * (WIDTH + 40), rows * HEIGHT));
    svg.append(STYLE);
    for (int i = 0; i < panels.size(); i++) {
      svg.append(
          format(
              "<g transform=\"translate(%d %d)\">\n",
              i % columns * (WIDTH + 40), i / columns * HEIGHT));
      panels.get(i).draw(svg);
      svg.append("</g>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** One chart. */
  final class Panel {
    private final String title;
    private final String unit;
    private final boolean logarithmic;
    private final Map<String, Double> goals;
    private final List<String> names = new ArrayList<>();
    private final List<Map<Integer, Double>> lines = new ArrayList<>();

    private Panel(String title, String unit, boolean logarithmic, Map<String, Double> goals) {
      this.title = title;
      this.unit = unit;
      this.logarithmic = logarithmic;
      this.goals = goals;
    }

    Panel line(String name, Map<Integer, Double> values) {
      names.add(name);
      lines.add(values);
      return this;
    }

    private double most() {
      double most = goals.values().stream().mapToDouble(d -> d).max().orElse(1);
      for (Map<Integer, Double> line : lines) {
        most = Math.max(most, line.values().stream().mapToDouble(d -> d).max().orElse(0));
      }
      return most * (logarithmic ? 1.6 : 1.15);
    }

    private double x(int size) {
      double least = Math.log10(sizes.get(0));
      double span = Math.max(1e-9, Math.log10(sizes.get(sizes.size() - 1)) - least);
      return LEFT + (Math.log10(size) - least) / span * (WIDTH - LEFT - RIGHT + 40);
    }

    private double y(double value) {
      double share =
          logarithmic
              ? Math.log10(Math.max(value, 1)) / Math.log10(most())
              : Math.max(0, value) / most();
      return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void draw(StringBuilder svg) {
      double right = x(sizes.get(sizes.size() - 1));
      svg.append(
          format(
              "<text class=\"title\" x=\"%d\" y=\"16\">%s, %s</text>\n", LEFT - 40, title, unit));
      svg.append(
          format(
              "<path class=\"axis\" d=\"M%d %d V%d H%.0f\"/>\n",
              LEFT, TOP, HEIGHT - BOTTOM, right));
      for (int size : sizes) {
        String label = size >= 1000 ? size / 1000 + " 000" : Integer.toString(size);
        svg.append(
            format(
                "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                x(size), HEIGHT - BOTTOM + 16, label));
      }
      for (double tick : ticks()) {
        svg.append(
            format(
                "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%s</text>\n",
                LEFT - 6, y(tick) + 4, format(tick < 10 && tick % 1 != 0 ? "%.1f" : "%.0f", tick)));
      }
      goals.forEach(
          (name, goal) -> {
            svg.append(
                format(
                    "<path class=\"goal\" d=\"M%d %.1f H%.0f\"/>\n", LEFT, y(goal), right));
            svg.append(
                format(
                    "<text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">goal%s</text>\n",
                    right - 4, y(goal) - 4, name.isEmpty() ? "" : " " + name));
          });
      for (int i = 0; i < lines.size(); i++) {
        draw(svg, names.get(i), lines.get(i), i);
      }
    }

    private void draw(StringBuilder svg, String name, Map<Integer, Double> line, int number) {
      StringBuilder path = new StringBuilder();
      StringBuilder dots = new StringBuilder();
      double[] last = {0, 0};
      line.forEach(
          (size, value) -> {
            path.append(format("%s%.1f %.1f ", path.length() == 0 ? "M" : "L", x(size), y(value)));
            dots.append(
                format(
                    "<circle class=\"d%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n",
                    number, x(size), y(value)));
            last[0] = x(size);
            last[1] = y(value);
          });
      svg.append(format("<path class=\"l%d\" d=\"%s\"/>\n", number, path)).append(dots);
      svg.append(
          format(
              "<text class=\"d%d\" x=\"%.0f\" y=\"%.0f\">%s</text>\n",
              number, last[0] + 8, last[1] + 4 + number * 9, name));
    }

    private List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      if (logarithmic) {
        for (double tick = 1; tick <= most(); tick *= 10) {
          ticks.add(tick);
        }
        return ticks;
      }
      double step = Math.pow(10, Math.floor(Math.log10(most())));
      step = most() / step < 2.5 ? step / 2 : most() / step > 6 ? step * 2 : step;
      for (double tick = 0; tick <= most(); tick += step) {
        ticks.add(tick);
      }
      return ticks;
    }
  }
}
