package dev.netkb.html.picture;

import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Result;
import java.util.List;

/** Draws the network of a location with the flows that its service needs. */
public final class NetworkPicture {

    private NetworkPicture() {}

    /**
     * The picture as an {@code svg} element, with every text in it escaped.
     *
     * @param prefix begins each id within the element, so that many pictures can stand in one page
     * @param results those of the location
     */
    public static String svg(String prefix, LocationSummary location, List<Result> results) {
        Diagram diagram = NetworkDiagram.of(location, results);
        return SvgWriter.svg(prefix, diagram, ElkLayout.of(diagram));
    }
}
