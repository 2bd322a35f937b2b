package org.emrelay.pages.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.emrelay.pages.NumberFormats;
import org.emrelay.pages.charts.Svg.Anchor;

/** A map of bubbles with true distances: both axes have one scale. Areas are proportional to sizes. */
public record BubbleChart(String description, List<Bubble> bubbles) {
    private static final double MAX_HEIGHT = 400;
    private static final double MIN_HEIGHT = 200;
    private static final double MARGIN = 8;
    private static final double MAX_RADIUS = 40;
    private static final double MIN_RADIUS = 2.5;
    /** The share of the area that the bubbles cover at most, so that many of them stay apart. */
    private static final double MAX_COVER = 0.3;
    /** The radius from which the label fits into the bubble. */
    private static final double LABEL_RADIUS = 8;

    private static final double CHARACTER_WIDTH = 7;
    private static final double LINE_HEIGHT = 15;
    private static final int MAX_NAME_LENGTH = 26;
    private static final int SHORT_NAME_LENGTH = 14;

    public BubbleChart {
        Objects.requireNonNull(description, "description");
        bubbles = List.copyOf(bubbles);
    }

    /**
     * A bubble.
     *
     * @param size a share of the whole
     * @param label a few characters within the bubble
     * @param name beside the bubble if there is space; always in its tooltip
     * @param target the id of the element that it links to
     */
    public record Bubble(double x, double y, double size, String label, String name, String target) {
        public Bubble {
            x = Double.isFinite(x) ? x : 0;
            y = Double.isFinite(y) ? y : 0;
            size = size > 0 && Double.isFinite(size) ? size : 0;
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(target, "target");
        }

        private String shortName(int length) {
            return name.codePointCount(0, name.length()) <= length
                    ? name
                    : name.substring(0, name.offsetByCodePoints(0, length - 1)).replaceFirst("[,\\s]+$", "") + "…";
        }
    }

    /** The bubbles with the height of the chart: no larger than the map needs, and no higher than wide. */
    private record Layout(double height, List<Placed> placed) {}

    private record NamePosition(Anchor anchor, double x, double left, double top) {}

    private record Placed(Bubble bubble, double x, double y, double radius) {
        Box box() {
            return new Box(x - radius, y - radius, x + radius, y + radius);
        }
    }

    private record Box(double left, double top, double right, double bottom) {
        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean isInside(double height) {
            return left >= 0 && right <= Svg.WIDTH && top >= 0 && bottom <= height;
        }
    }

    public String svg() {
        Layout layout = layout();
        Svg svg = new Svg(layout.height(), description);
        for (Placed each : layout.placed()) {
            Bubble bubble = each.bubble();
            svg.startLink(
                    bubble.target(),
                    bubble.label() + ": " + bubble.name() + ", " + NumberFormats.percent(bubble.size()));
            svg.dot("bubble", each.x(), each.y(), each.radius(), "");
            if (each.radius() >= LABEL_RADIUS) {
                svg.text("number", each.x(), each.y() + 4, Anchor.MIDDLE, bubble.label());
            }
            svg.endLink();
        }
        drawNames(svg, layout);
        return svg.toString();
    }

    /** The largest first: smaller ones are drawn upon them. */
    private Layout layout() {
        double total = bubbles.stream().mapToDouble(Bubble::size).sum();
        double largest = bubbles.stream().mapToDouble(Bubble::size).max().orElse(0);
        double perSize = total <= 0
                ? 0
                : Math.min(MAX_RADIUS * MAX_RADIUS / largest, MAX_COVER * Svg.WIDTH * MAX_HEIGHT / Math.PI / total);
        double margin = MARGIN + Math.sqrt(perSize * largest);
        double left = bubbles.stream().mapToDouble(Bubble::x).min().orElse(0);
        double right = bubbles.stream().mapToDouble(Bubble::x).max().orElse(0);
        double low = bubbles.stream().mapToDouble(Bubble::y).min().orElse(0);
        double high = bubbles.stream().mapToDouble(Bubble::y).max().orElse(0);
        double scale = Math.min(
                (Svg.WIDTH - 2 * margin) / Math.max(1e-9, right - left),
                (MAX_HEIGHT - 2 * margin) / Math.max(1e-9, high - low));
        double height = Math.max(MIN_HEIGHT, Math.min(MAX_HEIGHT, (high - low) * scale + 2 * margin));
        List<Placed> placed = bubbles.stream()
                .sorted(Comparator.comparingDouble((Bubble bubble) -> -bubble.size()))
                .map(bubble -> new Placed(
                        bubble,
                        Svg.WIDTH / 2 + (bubble.x() - (left + right) / 2) * scale,
                        height / 2 - (bubble.y() - (low + high) / 2) * scale,
                        Math.max(MIN_RADIUS, Math.sqrt(perSize * bubble.size()))))
                .toList();
        return new Layout(height, placed);
    }

    /** Names that would cover another bubble or name are shortened, or left out. */
    private static void drawNames(Svg svg, Layout layout) {
        List<Box> taken =
                new ArrayList<>(layout.placed().stream().map(Placed::box).toList());
        for (Placed each : layout.placed()) {
            if (!drawName(svg, each, MAX_NAME_LENGTH, layout.height(), taken)) {
                drawName(svg, each, SHORT_NAME_LENGTH, layout.height(), taken);
            }
        }
    }

    /** Draws a name right of its bubble, else left of it, below or above. */
    private static boolean drawName(Svg svg, Placed placed, int length, double height, List<Box> taken) {
        String name = placed.bubble().shortName(length);
        double width = name.codePointCount(0, name.length()) * CHARACTER_WIDTH;
        double x = placed.x();
        double beside = placed.y() - LINE_HEIGHT / 2;
        double distance = placed.radius() + 4;
        List<NamePosition> positions = List.of(
                new NamePosition(Anchor.START, x + distance, x + distance, beside),
                new NamePosition(Anchor.END, x - distance, x - distance - width, beside),
                new NamePosition(Anchor.MIDDLE, x, x - width / 2, placed.y() + distance),
                new NamePosition(Anchor.MIDDLE, x, x - width / 2, placed.y() - distance - LINE_HEIGHT));
        for (NamePosition position : positions) {
            Box box = new Box(position.left(), position.top(), position.left() + width, position.top() + LINE_HEIGHT);
            if (box.isInside(height) && taken.stream().noneMatch(box::overlaps)) {
                taken.add(box);
                svg.text("name", position.x(), box.bottom() - 4, position.anchor(), name);
                return true;
            }
        }
        return false;
    }
}
