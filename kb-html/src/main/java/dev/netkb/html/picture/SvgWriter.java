package dev.netkb.html.picture;

import dev.netkb.api.render.Printable;
import dev.netkb.html.picture.Diagram.Box;
import dev.netkb.html.picture.Diagram.Kind;
import dev.netkb.html.picture.Diagram.Lane;
import dev.netkb.html.picture.Diagram.Mark;
import dev.netkb.html.picture.Layout.Area;
import dev.netkb.html.picture.Layout.Point;
import dev.netkb.html.picture.Layout.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Writes a picture as SVG: structure and places alone; colours, dashes and letters are those of {@code picture.css}. */
final class SvgWriter {

    private static final int ARROW = 7;
    private static final int MARK = 7;
    private static final Area NOWHERE = new Area(0, 0, 0, -1);

    private final String prefix;
    private final Diagram diagram;
    private final Layout layout;
    private final int width;
    private final StringBuilder out = new StringBuilder(8192);

    private SvgWriter(String prefix, Diagram diagram, Layout layout, int width) {
        this.prefix = prefix;
        this.diagram = diagram;
        this.layout = layout;
        this.width = width;
    }

    /** @param width at least {@link #width} */
    static String svg(String prefix, Diagram diagram, Layout layout, int width) {
        return new SvgWriter(prefix, diagram, layout, width).svg();
    }

    /** The width that it needs, with its notes. */
    static int width(Diagram diagram, Layout layout) {
        return Math.max(
                layout.width(),
                20
                        + diagram.notes().stream()
                                .mapToInt(note -> Lettering.width(note, Measures.SMALL))
                                .max()
                                .orElse(0));
    }

    private String svg() {
        int notes = diagram.notes().size() * (Measures.LINE + 2);
        int height = layout.height() + notes;
        // What is an image has no parts that can be reached.
        String role = diagram.lanes().isEmpty() ? "img" : "group";
        out.append("<svg class=\"picture\" id=\"").append(text(prefix)).append("\" viewBox=\"0 0 ");
        out.append(width)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(width)
                .append("\" role=\"");
        out.append(role).append("\" aria-labelledby=\"").append(text(prefix)).append("-t\" aria-describedby=\"");
        out.append(text(prefix)).append("-d\">");
        out.append("<title id=\"").append(text(prefix)).append("-t\">");
        out.append(text(diagram.title()))
                .append("</title><desc id=\"")
                .append(text(prefix))
                .append("-d\">");
        out.append(text(diagram.summary())).append("</desc>");
        diagram.boxes().stream().filter(Measures::isFrame).forEach(this::box);
        diagram.boxes().stream().filter(box -> !Measures.isFrame(box)).forEach(this::box);
        for (List<Point> link : layout.links()) {
            out.append("<path class=\"link\" d=\"").append(path(link, NOWHERE)).append("\"/>");
        }
        for (int i = 0; i < diagram.lanes().size(); i++) {
            lane(diagram.lanes().get(i), layout.lanes().get(i));
        }
        for (int i = 0; i < diagram.notes().size(); i++) {
            int y = layout.height() + (i + 1) * (Measures.LINE + 2) - 6;
            out.append("<text class=\"note\" x=\"10\" y=\"").append(y).append("\">");
            out.append(text(diagram.notes().get(i))).append("</text>");
        }
        return out.append("</svg>").toString();
    }

    private void box(Box box) {
        Area area = Objects.requireNonNull(layout.boxes().get(box.key()));
        out.append("<g class=\"")
                .append(box.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        out.append(box.known() ? "" : " unknown").append("\">");
        title(box.title());
        out.append("<rect x=\"")
                .append(area.x())
                .append("\" y=\"")
                .append(area.y())
                .append("\" width=\"");
        out.append(area.width()).append("\" height=\"").append(area.height()).append("\" rx=\"4\"/>");
        List<String> lines = Measures.written(box);
        int top = box.kind() == Kind.REMOTE
                ? area.y() + (area.height() - lines.size() * Measures.LINE) / 2
                : area.y() + Measures.PAD / 2;
        for (int i = 0; i < lines.size(); i++) {
            String kind = Measures.isName(box, i) ? " class=\"name\"" : "";
            out.append("<text x=\"").append(area.x() + Measures.PAD).append("\" y=\"");
            out.append(top + (i + 1) * Measures.LINE - 4)
                    .append('"')
                    .append(kind)
                    .append('>');
            out.append(text(lines.get(i))).append("</text>");
        }
        out.append("</g>");
    }

    private void lane(Lane lane, Track track) {
        out.append("<g class=\"flow ").append(lane.verdict().word()).append("\" tabindex=\"0\" role=\"button\"");
        attribute("data-result", String.valueOf(lane.results().get(0)));
        if (lane.results().size() > 1) {
            attribute(
                    "data-results", lane.results().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
        out.append('>');
        title(lane.title());
        lines(lane, track);
        arrow(lane, track);
        for (Mark mark : lane.marks()) {
            mark(mark, track);
        }
        Area label = track.label();
        out.append("<text x=\"").append(label.x() + label.width() / 2).append("\" y=\"");
        out.append(label.y() + label.height() - 4).append("\">").append(text(Measures.label(lane)));
        out.append("</text></g>");
    }

    /** The part that packets reach, and the part that they do not; they meet at a mark. */
    private void lines(Lane lane, Track track) {
        List<Point> reached = new ArrayList<>();
        List<Point> beyond = new ArrayList<>();
        for (int i = 0; i < track.pieces().size(); i++) {
            List<Point> piece = lane.isReached(i) ? reached : beyond;
            if (i > 0 && lane.isReached(i) != lane.isReached(i - 1)) {
                reached.add(middle(track, i));
                beyond.add(middle(track, i));
            }
            piece.addAll(track.pieces().get(i));
        }
        if (!reached.isEmpty()) {
            out.append("<path d=\"").append(path(reached, track.label())).append("\"/>");
        }
        if (!beyond.isEmpty()) {
            out.append("<path class=\"beyond\" d=\"")
                    .append(path(beyond, track.label()))
                    .append("\"/>");
        }
    }

    /** The middle of a box of the way. */
    private static Point middle(Track track, int at) {
        List<Point> before = track.pieces().get(at - 1);
        Point in = before.get(before.size() - 1);
        Point out = track.pieces().get(at).get(0);
        return new Point((in.x() + out.x()) / 2, (in.y() + out.y()) / 2);
    }

    private void arrow(Lane lane, Track track) {
        List<Point> first = track.pieces().get(0);
        List<Point> last = track.pieces().get(track.pieces().size() - 1);
        Point tip = lane.inbound() ? first.get(0) : last.get(last.size() - 1);
        out.append("<path class=\"tip\" d=\"M").append(tip.x()).append(' ').append(tip.y());
        out.append(lane.inbound() ? "l" : "l-").append(ARROW).append("-4v8z\"/>");
    }

    /** In the middle of the box in which it happens. */
    private void mark(Mark mark, Track track) {
        int x = middle(track, mark.at()).x();
        int y = middle(track, mark.at()).y();
        out.append("<g class=\"mark ")
                .append(mark.verdict().word())
                .append("\"><circle cx=\"")
                .append(x);
        out.append("\" cy=\"").append(y).append("\" r=\"").append(MARK).append("\"/><path d=\"M");
        switch (mark.verdict()) {
            case DENIED -> out.append(x - 3).append(' ').append(y - 3).append("l6 6m0-6l-6 6");
            case PARTIAL -> out.append(x).append(' ').append(y - 4).append("a4 4 0 0 1 0 8z");
            default -> out.append(x - 2).append(' ').append(y - 2).append("c0-3 5-3 5 0c0 2-3 1-3 3m0 2v1");
        }
        out.append("\"/></g>");
    }

    /** @param gap where the line is interrupted if it crosses it from left to right */
    private static String path(List<Point> points, Area gap) {
        List<Point> corners = corners(points);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < corners.size(); i++) {
            Point point = corners.get(i);
            if (i == 0) {
                path.append('M').append(point.x()).append(' ').append(point.y());
            } else if (point.y() == corners.get(i - 1).y()) {
                int right = gap.x() + gap.width();
                if (corners.get(i - 1).x() <= gap.x() && right <= point.x() && isBeside(gap, point)) {
                    path.append('H').append(gap.x());
                    path.append('M').append(right).append(' ').append(point.y());
                }
                path.append('H').append(point.x());
            } else if (point.x() == corners.get(i - 1).x()) {
                path.append('V').append(point.y());
            } else {
                path.append('L').append(point.x()).append(' ').append(point.y());
            }
        }
        return path.toString();
    }

    private static boolean isBeside(Area area, Point point) {
        return area.y() <= point.y() && point.y() <= area.y() + area.height();
    }

    /** Both ends, and the points between them where the line turns. */
    private static List<Point> corners(List<Point> points) {
        List<Point> corners = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            boolean isEnd = i == 0 || i == points.size() - 1;
            if (isEnd || !isBetween(corners.get(corners.size() - 1), point, points.get(i + 1))) {
                corners.add(point);
            }
        }
        return corners;
    }

    private static boolean isBetween(Point a, Point point, Point b) {
        return a.x() == point.x() && point.x() == b.x() || a.y() == point.y() && point.y() == b.y();
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"").append(text(value)).append('"');
    }

    private void title(List<String> lines) {
        out.append("<title>")
                .append(lines.stream().map(SvgWriter::text).collect(Collectors.joining("\n")))
                .append("</title>");
    }

    /** Text from data as text and nothing else: no markup, and nothing that a reader could not see. */
    static String text(String data) {
        StringBuilder safe = new StringBuilder(data.length() + 16);
        Printable.of(data).codePoints().forEach(point -> {
            switch (point) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                // XML knows no such characters.
                default -> safe.appendCodePoint((point & 0xFFFE) == 0xFFFE ? 0xFFFD : point);
            }
        });
        return safe.toString();
    }
}
