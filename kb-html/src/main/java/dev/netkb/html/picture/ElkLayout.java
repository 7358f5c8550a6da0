package dev.netkb.html.picture;

import dev.netkb.html.picture.Diagram.Box;
import dev.netkb.html.picture.Diagram.Kind;
import dev.netkb.html.picture.Diagram.Lane;
import dev.netkb.html.picture.Diagram.Link;
import dev.netkb.html.picture.Layout.Area;
import dev.netkb.html.picture.Layout.Point;
import dev.netkb.html.picture.Layout.Track;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.CenterEdgeLabelPlacementStrategy;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.math.KVector;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkConnectableShape;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkGraphElement;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.ElkShape;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Finds places by the layered algorithm of the Eclipse Layout Kernel. The algorithm is called directly: nothing is looked up
 * for a picture, and two pictures share nothing that changes.
 */
final class ElkLayout {

    private static final int MARGIN = 10;

    static {
        // Registers how default values are copied, which the algorithm does not do itself.
        LayoutMetaDataService.getInstance();
    }

    private final Diagram diagram;
    private final ElkNode root = ElkGraphUtil.createGraph();
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, ElkNode> nodes = new LinkedHashMap<>();
    private final Map<String, List<Integer>> lanesByBox = new HashMap<>();
    private final int[] rows;
    private final List<ElkEdge> links = new ArrayList<>();
    private final List<List<ElkEdge>> lanes = new ArrayList<>();

    private ElkLayout(Diagram diagram) {
        this.diagram = diagram;
        this.rows = Measures.rows(diagram);
    }

    static Layout of(Diagram diagram) {
        return new ElkLayout(diagram).layout();
    }

    private Layout layout() {
        configure(root);
        root.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
        for (int i = 0; i < diagram.lanes().size(); i++) {
            for (String key : diagram.lanes().get(i).way()) {
                lanesByBox.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
            }
        }
        diagram.boxes().forEach(box -> boxes.put(box.key(), box));
        diagram.boxes().forEach(this::node);
        for (int i = 0; i < diagram.lanes().size(); i++) {
            lane(i);
        }
        diagram.links().forEach(this::link);
        new LayeredLayoutProvider().layout(root, new NullElkProgressMonitor());
        return places();
    }

    /** Frames have options of their own: they do not take those of the whole over. */
    private static void configure(ElkNode graph) {
        graph.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        graph.setProperty(LayeredOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
        // Lanes come in an order that crosses little; trying more orders takes long and finds no better one.
        graph.setProperty(LayeredOptions.THOROUGHNESS, 1);
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        graph.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, (double) Measures.GAP);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, 6.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 8.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_LABEL, 0.0);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 24.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 10.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 6.0);
    }

    // ---- what is to be placed

    private ElkNode node(Box box) {
        ElkNode node = nodes.get(box.key());
        if (node != null) {
            return node;
        }
        ElkNode parent = box.within() == null ? root : node(Objects.requireNonNull(boxes.get(box.within())));
        ElkNode made = ElkGraphUtil.createNode(parent);
        nodes.put(box.key(), made);
        List<Integer> through = lanesByBox.getOrDefault(box.key(), List.of());
        int span = through.isEmpty() ? -1 : rows[through.get(through.size() - 1)] - rows[through.get(0)];
        made.setDimensions(Measures.width(box), Measures.height(box, span));
        if (Measures.isFrame(box)) {
            configure(made);
            made.setProperty(
                    LayeredOptions.PADDING,
                    new ElkPadding(
                            Measures.head(box) + Measures.PAD, Measures.PAD + 2, Measures.PAD + 2, Measures.PAD + 2));
            made.setProperty(LayeredOptions.NODE_SIZE_CONSTRAINTS, SizeConstraint.minimumSizeWithPorts());
            made.setProperty(LayeredOptions.NODE_SIZE_MINIMUM, new KVector(Measures.width(box), 0));
        } else if (!through.isEmpty()) {
            made.setProperty(LayeredOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
        }
        if (box.kind() == Kind.REMOTE) {
            made.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.LAST);
        }
        return made;
    }

    private ElkPort port(String key, int lane, PortSide side) {
        Box box = Objects.requireNonNull(boxes.get(key));
        List<Integer> through = Objects.requireNonNull(lanesByBox.get(key));
        ElkNode node = node(box);
        ElkPort port = ElkGraphUtil.createPort(node);
        port.setProperty(LayeredOptions.PORT_SIDE, side);
        port.setLocation(
                side == PortSide.WEST ? 0 : node.getWidth(),
                Measures.firstLane(box) + rows[lane] - rows[through.get(0)]);
        return port;
    }

    private void lane(int index) {
        Lane lane = diagram.lanes().get(index);
        List<ElkEdge> pieces = new ArrayList<>();
        for (int i = 1; i < lane.way().size(); i++) {
            ElkPort from = port(lane.way().get(i - 1), index, PortSide.EAST);
            ElkPort to = port(lane.way().get(i), index, PortSide.WEST);
            pieces.add(edge(from, to));
        }
        ElkLabel label = ElkGraphUtil.createLabel(Measures.label(lane), pieces.get(pieces.size() - 1));
        label.setDimensions(Measures.labelWidth(lane), Measures.LINE);
        label.setProperty(LayeredOptions.EDGE_LABELS_INLINE, true);
        label.setProperty(
                LayeredOptions.EDGE_LABELS_CENTER_LABEL_PLACEMENT_STRATEGY,
                CenterEdgeLabelPlacementStrategy.HEAD_LAYER);
        lanes.add(pieces);
    }

    private void link(Link link) {
        links.add(edge(Objects.requireNonNull(nodes.get(link.from())), Objects.requireNonNull(nodes.get(link.to()))));
    }

    private static ElkEdge edge(ElkConnectableShape from, ElkConnectableShape to) {
        return ElkGraphUtil.createSimpleEdge(from, to);
    }

    // ---- where it was placed

    private Layout places() {
        Map<String, Area> areas = new HashMap<>();
        nodes.forEach((key, node) -> areas.put(key, area(node)));
        List<Track> tracks = new ArrayList<>();
        for (List<ElkEdge> pieces : lanes) {
            ElkEdge last = pieces.get(pieces.size() - 1);
            tracks.add(new Track(
                    pieces.stream().map(ElkLayout::points).toList(),
                    area(last.getLabels().get(0))));
        }
        return new Layout(
                (int) Math.ceil(root.getWidth()),
                (int) Math.ceil(root.getHeight()),
                areas,
                links.stream().map(ElkLayout::points).toList(),
                tracks);
    }

    private static Area area(ElkShape shape) {
        KVector origin = origin(shape.eContainer() instanceof ElkEdge edge ? edge.getContainingNode() : parent(shape));
        return new Area(
                (int) Math.round(origin.x + shape.getX()),
                (int) Math.round(origin.y + shape.getY()),
                (int) Math.round(shape.getWidth()),
                (int) Math.round(shape.getHeight()));
    }

    private static ElkNode parent(ElkGraphElement element) {
        return (ElkNode) element.eContainer();
    }

    /** Places are told from the upper left corner of the box that a thing lies in. */
    private static KVector origin(ElkNode node) {
        KVector origin = new KVector();
        for (ElkNode each = node; each != null; each = each.getParent()) {
            origin.add(each.getX(), each.getY());
        }
        return origin;
    }

    private static List<Point> points(ElkEdge edge) {
        KVector origin = origin(edge.getContainingNode());
        List<Point> points = new ArrayList<>();
        for (ElkEdgeSection section : edge.getSections()) {
            points.add(point(origin, section.getStartX(), section.getStartY()));
            section.getBendPoints().forEach(bend -> points.add(point(origin, bend.getX(), bend.getY())));
            points.add(point(origin, section.getEndX(), section.getEndY()));
        }
        return points;
    }

    private static Point point(KVector origin, double x, double y) {
        return new Point((int) Math.round(origin.x + x), (int) Math.round(origin.y + y));
    }
}
