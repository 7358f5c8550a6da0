package dev.netkb.html.picture;

import java.util.List;
import java.util.Map;

/**
 * Where the things of a picture are, in pixels from its upper left corner.
 *
 * @param boxes by their keys
 * @param links for each link of the picture its corners
 * @param lanes in the order of the picture
 */
record Layout(int width, int height, Map<String, Area> boxes, List<List<Point>> links, List<Track> lanes) {

    Layout {
        boxes = Map.copyOf(boxes);
        links = links.stream().map(List::copyOf).toList();
        lanes = List.copyOf(lanes);
    }

    record Point(int x, int y) {}

    record Area(int x, int y, int width, int height) {}

    /**
     * Where a lane runs.
     *
     * @param pieces from box to box of its way; within a box it runs straight on
     * @param label the room for its label
     */
    record Track(List<List<Point>> pieces, Area label) {
        Track {
            pieces = pieces.stream().map(List::copyOf).toList();
        }
    }
}
