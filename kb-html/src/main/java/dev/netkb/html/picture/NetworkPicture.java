package dev.netkb.html.picture;

import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Result;
import java.util.List;

/** The network of a location with the flows that its service needs, as a picture. */
public final class NetworkPicture {

    private final Diagram diagram;
    private final Layout layout;

    private NetworkPicture(Diagram diagram) {
        this.diagram = diagram;
        this.layout = ElkLayout.of(diagram);
    }

    /**
     * The picture of a report.
     *
     * @param results those of the location
     */
    public static NetworkPicture of(LocationSummary location, List<Result> results) {
        return new NetworkPicture(NetworkDiagram.of(location, results));
    }

    /**
     * The picture of one side of a comparison.
     *
     * @param results those of the location on this side
     * @param whole whether they have what passes on both sides too; the picture says so where they have not
     */
    public static NetworkPicture ofSide(LocationSummary location, List<Result> results, boolean whole) {
        return new NetworkPicture(NetworkDiagram.ofSide(location, results, whole));
    }

    /** How wide it is, in pixels. */
    public int width() {
        return SvgWriter.width(diagram, layout);
    }

    /**
     * The picture as an {@code svg} element, with every text in it escaped.
     *
     * @param prefix begins each id within the element, so that many pictures can stand in one page
     */
    public String svg(String prefix) {
        return svg(prefix, width());
    }

    /**
     * The same with room on its right, so that a browser draws it at the scale of a wider one.
     *
     * @param width in pixels; at least {@link #width()}
     */
    public String svg(String prefix, int width) {
        return SvgWriter.svg(prefix, diagram, layout, width);
    }
}
