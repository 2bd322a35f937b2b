package org.emrelay.runner.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.emrelay.pages.Html;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.report.overview.StepOverview;

/** Draws the steps and their dependencies, from left to right. The instances of a loop share a box. */
final class StepGraphDrawing {
    private static final int ROW = 44;
    private static final int BOX_HEIGHT = 30;
    private static final int GAP = 46;
    private static final int CHARACTER = 8;
    private static final int PADDING = 22;
    private static final int MAX_CHARACTERS = 28;

    /** The states by priority. The box of a loop shows the first one that any of its instances has. */
    private static final List<String> STATES =
            List.of("failed", "running", "cancelled", "submitted", "waiting", "skipped", "done", "reused");

    private final Map<String, Box> boxes = new LinkedHashMap<>();

    private static final class Box {
        private final String label;
        private final Set<String> before = new LinkedHashSet<>();
        private final Set<String> states = new LinkedHashSet<>();
        private int instances;
        private int column;
        private int x;
        private int y;
        private int width;

        Box(String label) {
            this.label = label;
        }

        String text() {
            String name = label.length() > MAX_CHARACTERS ? label.substring(0, MAX_CHARACTERS - 1) + "…" : label;
            return instances > 1 ? name + " × " + instances : name;
        }

        String state() {
            return STATES.stream().filter(states::contains).findFirst().orElse("waiting");
        }
    }

    StepGraphDrawing(List<StepOverview> steps) {
        for (StepOverview step : steps) {
            Box box = boxes.computeIfAbsent(step.name().base(), Box::new);
            box.instances++;
            box.states.add(step.state());
        }
        for (StepOverview step : steps) {
            for (StepName needed : step.dependsOn()) {
                if (!needed.base().equals(step.name().base())) {
                    box(step.name()).before.add(needed.base());
                }
            }
        }
    }

    private Box box(StepName name) {
        Box box = boxes.get(name.base());
        if (box == null) {
            throw new IllegalArgumentException("no step " + name);
        }
        return box;
    }

    String svg() {
        List<List<Box>> columns = columns();
        int x = 1;
        int height = 0;
        for (List<Box> column : columns) {
            int width = column.stream()
                    .mapToInt(box -> box.text().length() * CHARACTER + PADDING)
                    .max()
                    .orElse(0);
            for (int row = 0; row < column.size(); row++) {
                Box box = column.get(row);
                box.x = x;
                box.y = 1 + row * ROW;
                box.width = width;
                height = Math.max(height, box.y + BOX_HEIGHT + 1);
            }
            x += width + GAP;
        }
        StringBuilder content = new StringBuilder();
        boxes.values().forEach(box -> addLinks(box, content));
        boxes.values().forEach(box -> addBox(box, content));
        int width = Math.max(1, x - GAP + 1);
        return String.format(
                Locale.ROOT,
                "<svg class=\"graph\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"steps and their dependencies\">%s</svg>",
                width,
                height,
                width,
                height,
                content);
    }

    /** Puts each step in the column after the last of its dependencies. */
    private List<List<Box>> columns() {
        List<List<Box>> columns = new ArrayList<>();
        boolean changed = true;
        // A pipeline has no cycles, but the boxes of two loops can have one.
        for (int round = 0; changed && round < boxes.size(); round++) {
            changed = false;
            for (Box box : boxes.values()) {
                for (String needed : box.before) {
                    Box before = boxes.get(needed);
                    if (before != null && box.column <= before.column) {
                        box.column = before.column + 1;
                        changed = true;
                    }
                }
            }
        }
        for (Box box : boxes.values()) {
            while (columns.size() <= box.column) {
                columns.add(new ArrayList<>());
            }
            columns.get(box.column).add(box);
        }
        columns.removeIf(List::isEmpty);
        return columns;
    }

    private void addLinks(Box box, StringBuilder content) {
        for (String needed : box.before) {
            Box before = boxes.get(needed);
            if (before != null) {
                int fromX = before.x + before.width;
                int fromY = before.y + BOX_HEIGHT / 2;
                int toY = box.y + BOX_HEIGHT / 2;
                int bend = (box.x - fromX) / 2;
                content.append(String.format(
                        Locale.ROOT,
                        "<path class=\"link\" d=\"M%d %dC%d %d %d %d %d %d\"/>",
                        fromX,
                        fromY,
                        fromX + bend,
                        fromY,
                        box.x - bend,
                        toY,
                        box.x,
                        toY));
            }
        }
    }

    private static void addBox(Box box, StringBuilder content) {
        content.append(String.format(
                Locale.ROOT,
                "<g class=\"step %s\"><title>%s: %s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text></g>",
                box.state(),
                Html.escape(box.label),
                String.join(", ", box.states),
                box.x,
                box.y,
                box.width,
                BOX_HEIGHT,
                box.x + box.width / 2,
                box.y + 20,
                Html.escape(box.text())));
    }
}
