package dev.netkb.html.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.html.picture.Diagram.Box;
import dev.netkb.html.picture.Layout.Area;
import dev.netkb.html.picture.Layout.Point;
import dev.netkb.html.picture.Layout.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElkLayoutTest {

    private static final int SEEDS = 100;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void keepsThingsApartAndInside(int part) {
        for (int seed = part * SEEDS; seed < (part + 1) * SEEDS; seed++) {
            Diagram diagram = Examples.chance(seed).diagram();
            Layout layout = ElkLayout.of(diagram);
            check(diagram, layout, "seed " + seed);
        }
    }

    private static void check(Diagram diagram, Layout layout, String what) {
        List<Area> solid = new ArrayList<>();
        for (Box box : diagram.boxes()) {
            Area area = Objects.requireNonNull(layout.boxes().get(box.key()));
            assertThat(isInside(area, new Area(0, 0, layout.width(), layout.height())))
                    .as("%s: %s in the picture", what, box)
                    .isTrue();
            if (box.within() != null) {
                assertThat(isInside(area, Objects.requireNonNull(layout.boxes().get(box.within()))))
                        .as("%s: %s in its frame", what, box)
                        .isTrue();
            } else {
                solid.add(area);
            }
        }
        layout.lanes().stream().map(Track::label).forEach(solid::add);
        for (int i = 0; i < solid.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(overlap(solid.get(i), solid.get(j)))
                        .as("%s: %s and %s", what, solid.get(i), solid.get(j))
                        .isFalse();
            }
        }
        for (Track track : layout.lanes()) {
            for (List<Point> piece : track.pieces()) {
                for (int i = 1; i < piece.size(); i++) {
                    Point a = piece.get(i - 1);
                    Point b = piece.get(i);
                    assertThat(a.x() == b.x() || a.y() == b.y())
                            .as("%s: straight", what)
                            .isTrue();
                }
            }
        }
    }

    private static boolean isInside(Area inner, Area outer) {
        return inner.x() >= outer.x()
                && inner.y() >= outer.y()
                && inner.x() + inner.width() <= outer.x() + outer.width()
                && inner.y() + inner.height() <= outer.y() + outer.height();
    }

    private static boolean overlap(Area a, Area b) {
        return a.x() < b.x() + b.width()
                && b.x() < a.x() + a.width()
                && a.y() < b.y() + b.height()
                && b.y() < a.y() + a.height();
    }
}
